/// The quoted-printable encoding of text (RFC 2045 section 6.7): lines of at most 76
/// ASCII characters that end in CR LF. In its output `=` is always followed by a
/// digit or a line end.
enum QuotedPrintable {
    static func encode(_ text: String) -> String {
        var output = ""
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isLineEnd) {
            var column = 0
            let bytes = Array(line.utf8)
            for (index, byte) in bytes.enumerated() {
                let piece = encode(byte, endsLine: index == bytes.count - 1)
                // A line that goes on needs room for the `=` that says so.
                if column + piece.utf8.count > 75 {
                    output += "=\r\n"
                    column = 0
                }
                output += piece
                column += piece.utf8.count
            }
            output += "\r\n"
        }
        return output
    }

    private static func encode(_ byte: UInt8, endsLine: Bool) -> String {
        switch byte {
        case UInt8(ascii: "="): hexEscape(byte)
        // Spaces and tabs at the end of a line get lost on the way.
        case UInt8(ascii: " "), UInt8(ascii: "\t"): endsLine ? hexEscape(byte) : String(UnicodeScalar(byte))
        case 0x21...0x7e: String(UnicodeScalar(byte))
        default: hexEscape(byte)
        }
    }
}

extension Character {
    fileprivate var isLineEnd: Bool { self == "\n" || self == "\r\n" || self == "\r" }
}
