/// Text in headers: plain where it can be, else RFC 2047 encoded words, folded into
/// lines of at most 76 characters, as lines with encoded words must be.
enum HeaderText {
    private static let lineLimit = 76
    /// The longest word, so that one fits behind any header's name.
    private static let wordLimit = 60

    /// For Subject.
    static func unstructured(_ text: String) -> String {
        isPlain(text) ? text : encodedWords(text)
    }

    /// For the name before an address: an atom, a quoted string or encoded words.
    static func phrase(_ text: String) -> String {
        guard isPlain(text), text.utf8.count <= wordLimit else { return encodedWords(text) }
        if text.utf8.allSatisfy(isAtomCharacter) { return text }
        return "\"" + text.flatMap { "\"\\".contains($0) ? ["\\", $0] : [$0] } + "\""
    }

    /// `Name: value` in lines that end in CR LF, broken before spaces.
    static func field(_ name: String, _ value: String) -> String {
        var lines: [String] = []
        var line = "\(name):"
        for word in " \(value)".splitBeforeSpaces() {
            if line.utf8.count + word.utf8.count > lineLimit {
                lines.append(line)
                line = ""
            }
            line += word
        }
        lines.append(line)
        return lines.map { $0 + "\r\n" }.joined()
    }

    /// Whether the text may stand as it is: ASCII, folding at single spaces gives
    /// lines short enough, and nothing in it looks like an encoded word.
    private static func isPlain(_ text: String) -> Bool {
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        return text.utf8.allSatisfy { (0x20...0x7e).contains($0) } && !text.contains("=?")
            && words.allSatisfy { (1...wordLimit).contains($0.utf8.count) }
    }

    /// Encoded words with a space between, which readers drop. Characters stay whole.
    private static func encodedWords(_ text: String) -> String {
        var words: [String] = []
        var word = ""
        for scalar in text.unicodeScalars {
            let encoded = String(scalar).utf8.map(encode).joined()
            if "=?UTF-8?Q?\(word)\(encoded)?=".utf8.count > wordLimit {
                words.append(word)
                word = ""
            }
            word += encoded
        }
        words.append(word)
        return words.map { "=?UTF-8?Q?\($0)?=" }.joined(separator: " ")
    }

    /// The Q encoding with only what is safe in a phrase as well (RFC 2047 section 5).
    private static func encode(_ byte: UInt8) -> String {
        if byte == UInt8(ascii: " ") { return "_" }
        return isAlphanumeric(byte) ? String(UnicodeScalar(byte)) : hexEscape(byte)
    }
}

/// `=` and two hexadecimal digits in upper case.
func hexEscape(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16, uppercase: true)
    return digits.count == 1 ? "=0\(digits)" : "=\(digits)"
}

extension String {
    /// `" a b"` as `[" a", " b"]`.
    fileprivate func splitBeforeSpaces() -> [Substring] {
        var pieces: [Substring] = []
        var start = startIndex
        for index in indices.dropFirst() where self[index] == " " {
            pieces.append(self[start..<index])
            start = index
        }
        pieces.append(self[start...])
        return pieces
    }
}
