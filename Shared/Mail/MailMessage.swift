public import FoundationEssentials
public import Network

/// A message in two forms that say the same, written by the application itself.
public struct MailMessage: Sendable {
    public let from: Mailbox
    public let to: [Mailbox]
    public let replyTo: Mailbox?
    public let subject: String
    public let text: String
    public let html: HTML
    /// left@right, unique in the world and the same whenever this message is sent
    /// again, so that a second copy can be recognized.
    public let messageID: String
    public let date: Date

    public init(
        from: Mailbox, to: [Mailbox], replyTo: Mailbox? = nil, subject: String, text: String,
        html: HTML, messageID: String, date: Date
    ) throws(MailError) {
        guard !hasControlCharacter(subject) else { throw .controlCharacter(in: "subject") }
        guard isMessageID(messageID) else { throw .invalidMessageID }
        self.from = from
        self.to = to
        self.replyTo = replyTo
        self.subject = subject
        self.text = text
        self.html = html
        self.messageID = messageID
        self.date = date
    }

    /// The message as it travels (RFC 5322, RFC 2045): ASCII, in lines that end in CR LF.
    public var bytes: [UInt8] {
        // Quoted-printable text never holds `=_`, hence never the boundary.
        let boundary = "=_parley"
        var output = HeaderText.field("From", from.header)
        output += HeaderText.field("To", to.map(\.header).joined(separator: ", "))
        if let replyTo { output += HeaderText.field("Reply-To", replyTo.header) }
        output += HeaderText.field("Subject", HeaderText.unstructured(subject))
        output += HeaderText.field("Date", MailDate.header(date))
        output += HeaderText.field("Message-ID", "<\(messageID)>")
        // RFC 3834: keeps vacation notices from answering.
        output += HeaderText.field("Auto-Submitted", "auto-generated")
        output += HeaderText.field("MIME-Version", "1.0")
        output += HeaderText.field("Content-Type", "multipart/alternative; boundary=\"\(boundary)\"")
        output += "\r\n"
        // The last part is the one that readers prefer.
        for (type, content) in [("plain", text), ("html", html.source)] {
            output += "--\(boundary)\r\n"
            output += HeaderText.field("Content-Type", "text/\(type); charset=utf-8")
            output += HeaderText.field("Content-Transfer-Encoding", "quoted-printable")
            output += "\r\n" + QuotedPrintable.encode(content)
        }
        output += "--\(boundary)--\r\n"
        return Array(output.utf8)
    }
}

extension SMTPClient {
    /// Sends the message to those it is addressed to; see `send(_:from:to:)`.
    public func send(
        _ message: MailMessage, whileWaiting: @escaping () -> Bool = { true }
    ) throws(NetworkError) {
        try send(
            message.bytes, from: message.from.address, to: message.to.map(\.address),
            whileWaiting: whileWaiting)
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
