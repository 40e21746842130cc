/// Base 64 with padding (RFC 4648 section 4).
public enum Base64 {
    private static let codec = Base64Codec(last: "+/")

    public static func encode(_ bytes: some Sequence<UInt8>) -> String {
        let text = codec.encode(bytes)
        return text + String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
    }

    /// The bytes; nil for anything that `encode` would not have written: other
    /// characters, white space, missing padding, stray bits.
    public static func decode(_ text: some StringProtocol) -> [UInt8]? {
        let characters = Array(text.utf8)
        guard characters.count.isMultiple(of: 4) else { return nil }
        let padding = characters.suffix(2).reversed().prefix { $0 == UInt8(ascii: "=") }.count
        return codec.decode(characters.dropLast(padding))
    }

    /// The form without padding that PHC strings use.
    static func encodeUnpadded(_ bytes: some Sequence<UInt8>) -> String { codec.encode(bytes) }
    static func decodeUnpadded(_ text: some StringProtocol) -> [UInt8]? { codec.decode(text.utf8) }
}

/// Base 64 for URLs and file names, without padding (RFC 4648 section 5).
public enum Base64URL {
    private static let codec = Base64Codec(last: "-_")

    public static func encode(_ bytes: some Sequence<UInt8>) -> String { codec.encode(bytes) }

    /// The bytes; nil for anything that `encode` would not have written.
    public static func decode(_ text: some StringProtocol) -> [UInt8]? { codec.decode(text.utf8) }
}

/// Hexadecimal, written in lower case and read in either (RFC 4648 section 8).
public enum Hex {
    public static func encode(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    /// The bytes; nil for an odd number of digits or anything else than digits.
    public static func decode(_ text: some StringProtocol) -> [UInt8]? {
        let digits = text.utf8.map(value)
        guard digits.count.isMultiple(of: 2) else { return nil }
        var bytes: [UInt8] = []
        for index in stride(from: 0, to: digits.count, by: 2) {
            guard let high = digits[index], let low = digits[index + 1] else { return nil }
            bytes.append(high << 4 | low)
        }
        return bytes
    }

    private static func value(_ character: UInt8) -> UInt8? {
        switch character {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): character - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): character - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}

/// Base 64 without padding, in the alphabet that ends with the two given characters.
private struct Base64Codec {
    let alphabet: [UInt8]
    let values: [UInt8?]

    init(last: String) {
        alphabet = Array(("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789" + last).utf8)
        var values = [UInt8?](repeating: nil, count: 256)
        for (value, character) in alphabet.enumerated() { values[Int(character)] = UInt8(value) }
        self.values = values
    }

    func encode(_ bytes: some Sequence<UInt8>) -> String {
        var text: [UInt8] = []
        var pending: UInt32 = 0, bits = 0
        for byte in bytes {
            pending = pending << 8 | UInt32(byte)
            bits += 8
            while bits >= 6 {
                bits -= 6
                text.append(alphabet[Int(pending >> bits & 63)])
            }
        }
        if bits > 0 { text.append(alphabet[Int(pending << (6 - bits) & 63)]) }
        return String(decoding: text, as: UTF8.self)
    }

    func decode(_ text: some Collection<UInt8>) -> [UInt8]? {
        var bytes: [UInt8] = []
        var pending: UInt32 = 0, bits = 0
        for character in text {
            guard let value = values[Int(character)] else { return nil }
            pending = pending << 6 | UInt32(value)
            bits += 6
            if bits >= 8 {
                bits -= 8
                bytes.append(UInt8(truncatingIfNeeded: pending >> bits))
            }
        }
        // Six left-over bits are a lone character; set ones are not canonical.
        let leftOver = pending & (1 << UInt32(bits) - 1)
        return bits < 6 && leftOver == 0 ? bytes : nil
    }
}
