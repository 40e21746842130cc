import Crypto
public import FoundationEssentials

/// A message in two forms that say the same, written by the application itself.
public struct MailMessage: Sendable {
    public let from: Mailbox
    public let to: [Mailbox]
    public let replyTo: Mailbox?
    /// Where to ask for no more messages of this kind.
    public let unsubscribe: Mailbox?
    /// The id of the message that this one follows, so that readers show both together.
    public let follows: String?
    public let subject: String
    public let text: String
    public let html: HTML
    public let attachment: Attachment?
    /// left@right, unique in the world and the same whenever this message is sent
    /// again, so that a second copy can be recognized.
    public let messageID: String
    public let date: Date

    /// A file that comes with a message.
    public struct Attachment: Sendable {
        public let name: String
        /// With its parameters.
        public let type: String
        public let content: [UInt8]

        /// The calendar's entry, in a form that mail readers offer to take in.
        init(_ entry: CalendarEntry, from: Mailbox, to: Mailbox, date: Date) {
            name = "interview.ics"
            type = "text/calendar; charset=utf-8; method=\(entry.method.rawValue)"
            content = Array(entry.text(organizer: from, attendee: to, written: date).utf8)
        }

        var base64: String { Base64.encode(content) }
    }

    public init(
        from: Mailbox, to: [Mailbox], replyTo: Mailbox? = nil, unsubscribe: Mailbox? = nil, follows: String? = nil,
        subject: String, text: String, html: HTML, attachment: Attachment? = nil, messageID: String, date: Date
    ) throws(MailError) {
        guard !hasControlCharacter(subject) else { throw .controlCharacter(in: "subject") }
        guard isMessageID(messageID), follows.map(isMessageID) ?? true else { throw .invalidMessageID }
        self.from = from
        self.to = to
        self.replyTo = replyTo
        self.unsubscribe = unsubscribe
        self.follows = follows
        self.subject = subject
        self.text = text
        self.html = html
        self.attachment = attachment
        self.messageID = messageID
        self.date = date
    }

    /// The headers beyond those that every message has: name and value, in ASCII.
    public var extraHeaders: [(name: String, value: String)] {
        // RFC 3834, and what Exchange has in its place: keeps vacation notices from answering.
        var headers = [
            (name: "Auto-Submitted", value: "auto-generated"), (name: "X-Auto-Response-Suppress", value: "OOF, AutoReply"),
        ]
        if let follows {
            headers += [(name: "In-Reply-To", value: "<\(follows)>"), (name: "References", value: "<\(follows)>")]
        }
        // RFC 2369.
        if let unsubscribe {
            headers.append((name: "List-Unsubscribe", value: "<mailto:\(percentEncoded(unsubscribe.address))?subject=unsubscribe>"))
        }
        return headers
    }

    /// The message as it travels (RFC 5322, RFC 2045): ASCII, in lines that end in CR LF.
    public var bytes: [UInt8] {
        var output = HeaderText.field("From", from.header)
        output += HeaderText.field("To", to.map(\.header).joined(separator: ", "))
        if let replyTo { output += HeaderText.field("Reply-To", replyTo.header) }
        output += HeaderText.field("Subject", HeaderText.unstructured(subject))
        output += HeaderText.field("Date", MailDate.header(date))
        output += HeaderText.field("Message-ID", "<\(messageID)>")
        for header in extraHeaders { output += HeaderText.field(header.name, header.value) }
        output += HeaderText.field("MIME-Version", "1.0")
        guard let attachment else { return Array((output + twoForms).utf8) }
        output += HeaderText.field("Content-Type", "multipart/mixed; boundary=\"\(Self.outerBoundary)\"")
        output += "\r\n--\(Self.outerBoundary)\r\n" + twoForms + "--\(Self.outerBoundary)\r\n" + part(attachment)
        output += "--\(Self.outerBoundary)--\r\n"
        return Array(output.utf8)
    }

    // Neither quoted-printable text nor base64 ever holds `=_`, hence never a boundary.
    private static let boundary = "=_parley"
    private static let outerBoundary = "=_parley-mixed"

    /// The text and the HTML. The last part is the one that readers prefer.
    private var twoForms: String {
        var output = HeaderText.field("Content-Type", "multipart/alternative; boundary=\"\(Self.boundary)\"") + "\r\n"
        for (type, content) in [("plain", text), ("html", html.source)] {
            output += "--\(Self.boundary)\r\n"
            output += HeaderText.field("Content-Type", "text/\(type); charset=utf-8")
            output += HeaderText.field("Content-Transfer-Encoding", "quoted-printable")
            output += "\r\n" + QuotedPrintable.encode(content)
        }
        return output + "--\(Self.boundary)--\r\n"
    }

    private func part(_ attachment: Attachment) -> String {
        var output = HeaderText.field("Content-Type", "\(attachment.type); name=\"\(attachment.name)\"")
        output += HeaderText.field("Content-Transfer-Encoding", "base64")
        output += HeaderText.field("Content-Disposition", "attachment; filename=\"\(attachment.name)\"")
        output += "\r\n"
        // RFC 2045 section 6.8: lines of at most 76 characters.
        var rest = attachment.base64[...]
        while !rest.isEmpty {
            output += rest.prefix(76) + "\r\n"
            rest = rest.dropFirst(76)
        }
        return output
    }
}

/// `dot-atom@dot-atom`, short enough for one line.
private func isMessageID(_ text: String) -> Bool {
    let sides = text.split(separator: "@", omittingEmptySubsequences: false)
    return sides.count == 2 && text.utf8.count <= 200
        && sides.allSatisfy { side in
            side.split(separator: ".", omittingEmptySubsequences: false).allSatisfy {
                !$0.isEmpty && $0.utf8.allSatisfy(isAtomCharacter)
            }
        }
}

/// For a URL (RFC 6068): an address may hold characters that mean something else there.
private func percentEncoded(_ address: String) -> String {
    address.utf8.map { byte in
        isAlphanumeric(byte) || "-._~+@".utf8.contains(byte)
            ? String(UnicodeScalar(byte)) : "%" + hexEscape(byte).dropFirst()
    }.joined()
}
