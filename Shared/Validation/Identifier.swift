public import JSON

/// A UUID. New ones are version 7 (RFC 9562), so that they sort by the time they were made.
public struct Identifier: Field, Hashable {
    private let high: UInt64
    private let low: UInt64

    /// A new identifier: 48 bits of Unix milliseconds, 74 random bits.
    public static func new(at now: Timestamp = .now) -> Identifier {
        var random = SystemRandomNumberGenerator()
        let milliseconds = UInt64(now.microseconds / 1000)
        return Identifier(
            high: milliseconds << 16 | 0x7000 | random.next() & 0x0FFF,
            low: random.next() & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000)
    }

    /// Nil unless the text has the form 8-4-4-4-12 of hexadecimal digits.
    public init?(_ text: some StringProtocol) {
        guard text.utf8.count == 36 else { return nil }
        var high: UInt64 = 0
        var low: UInt64 = 0
        var offset = 0
        for byte in text.utf8 {
            switch (offset, byte) {
            case (8, UInt8(ascii: "-")), (13, UInt8(ascii: "-")), (18, UInt8(ascii: "-")), (23, UInt8(ascii: "-")): break
            case (8, _), (13, _), (18, _), (23, _): return nil
            default:
                guard let digit = Self.digit(byte) else { return nil }
                if offset < 18 { high = high << 4 | digit } else { low = low << 4 | digit }
            }
            offset += 1
        }
        self.init(high: high, low: low)
    }

    private static func digit(_ byte: UInt8) -> UInt64? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt64(byte - UInt8(ascii: "a") + 10)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt64(byte - UInt8(ascii: "A") + 10)
        default: nil
        }
    }

    private init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let value = Self(text) else { throw Refusal("must be an id such as \(Self.example)") }
        self = value
    }

    public func encode(to encoder: any Encoder) throws { try description.encode(to: encoder) }

    public static var example: Self { Self(high: 0x0192_0000_0000_7000, low: 0x8000_0000_0000_0001) }
    public static var schema: JSON { ["type": "string", "format": "uuid"] }
}

extension Identifier: CustomStringConvertible {
    /// The 36 characters of its text form, in lower case.
    public var description: String {
        var text: [UInt8] = []
        text.reserveCapacity(36)
        for digit in 0..<32 {
            if digit == 8 || digit == 12 || digit == 16 || digit == 20 { text.append(UInt8(ascii: "-")) }
            let value = UInt8((digit < 16 ? high : low) >> (60 - digit % 16 * 4) & 15)
            text.append(value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10)
        }
        return String(decoding: text, as: UTF8.self)
    }
}
