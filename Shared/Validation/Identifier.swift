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
        var halves: (UInt64, UInt64) = (0, 0)
        var count = 0
        for (offset, byte) in text.utf8.enumerated() {
            if [8, 13, 18, 23].contains(offset) {
                guard byte == UInt8(ascii: "-") else { return nil }
                continue
            }
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue, count < 32 else { return nil }
            if count < 16 { halves.0 = halves.0 << 4 | UInt64(digit) } else { halves.1 = halves.1 << 4 | UInt64(digit) }
            count += 1
        }
        guard count == 32 else { return nil }
        self.init(high: halves.0, low: halves.1)
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
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        text.reserveCapacity(36)
        for half in [high, low] {
            for shift in stride(from: 60, through: 0, by: -4) {
                if [8, 13, 18, 23].contains(text.count) { text.append(UInt8(ascii: "-")) }
                text.append(digits[Int(half >> UInt64(shift) & 15)])
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}
