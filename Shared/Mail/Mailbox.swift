/// A person's or an organization's address, with the name to show for it.
public struct Mailbox: Sendable, Equatable {
    public let name: String?
    public let address: String

    /// - parameter address: local@domain in ASCII (RFC 5321 section 4.1.2, without
    ///   quoted local parts and address literals).
    public init(_ address: String, name: String? = nil) throws(MailError) {
        guard isAddress(address) else { throw .invalidAddress }
        if let name, hasControlCharacter(name) { throw .controlCharacter(in: "name") }
        self.name = name
        self.address = address
    }

    /// As it stands in From, To and Reply-To (RFC 5322 section 3.4).
    var header: String {
        guard let name, !name.isEmpty else { return address }
        return "\(HeaderText.phrase(name)) <\(address)>"
    }

    /// As services take it that write the header themselves: the name as it is, in quotes.
    var quoted: String {
        guard let name, !name.isEmpty else { return address }
        let escaped = name.map { "\"\\".contains($0) ? "\\\($0)" : String($0) }.joined()
        return "\"\(escaped)\" <\(address)>"
    }
}

private func isAddress(_ text: String) -> Bool {
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count == 2, text.utf8.count <= 254, parts[0].utf8.count <= 64 else { return false }
    let words = parts[0].split(separator: ".", omittingEmptySubsequences: false)
    let labels = parts[1].split(separator: ".", omittingEmptySubsequences: false)
    return words.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy(isAtomCharacter) }
        && labels.allSatisfy { label in
            (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
                && label.utf8.allSatisfy { isAlphanumeric($0) || $0 == UInt8(ascii: "-") }
        }
}

func isAlphanumeric(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "a")...UInt8(ascii: "z"):
        true
    default: false
    }
}

/// `atext` of RFC 5322 section 3.2.3.
func isAtomCharacter(_ byte: UInt8) -> Bool {
    isAlphanumeric(byte) || "!#$%&'*+-/=?^_`{|}~".utf8.contains(byte)
}

/// Controls, and the line and paragraph separators that some programs break lines at.
func hasControlCharacter(_ text: String) -> Bool {
    text.unicodeScalars.contains { scalar in
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }
}
