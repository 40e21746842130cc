public import FoundationEssentials

/// What one kind of mail says. Each kind is a type that holds what it speaks of.
public protocol Letter: Sendable {
    var subject: String { get }
    /// Whom an answer reaches; nil for whoever sent it.
    var replyTo: String? { get }
    /// Where to ask for no more of its kind; nil for what comes once.
    var unsubscribe: String? { get }
    /// What goes into the reader's calendar; nil for what has no time.
    var calendarEntry: CalendarEntry? { get }
    /// The two forms that say the same.
    func body() throws(MailError) -> MailBody
}

/// A letter in plain text and in HTML.
public struct MailBody: Sendable {
    public let text: String
    public let html: HTML
}

extension Letter {
    public var replyTo: String? { nil }
    public var unsubscribe: String? { nil }
    public var calendarEntry: CalendarEntry? { nil }

    /// The letter as a message; see `MailMessage` for its id, its date and what it follows.
    public func message(
        from: Mailbox, to: Mailbox, messageID: String, date: Date, follows: String? = nil
    ) throws(MailError) -> MailMessage {
        let body = try body()
        return try MailMessage(
            from: from, to: [to], replyTo: mailbox(replyTo), unsubscribe: mailbox(unsubscribe), follows: follows,
            subject: subject, text: body.text, html: body.html,
            attachment: calendarEntry.map { MailMessage.Attachment($0, from: from, to: to, date: date) },
            messageID: messageID, date: date)
    }

    private func mailbox(_ address: String?) throws(MailError) -> Mailbox? {
        guard let address else { return nil }
        return try Mailbox(address)
    }
}

/// `1 question`, `2 questions`.
func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }

/// `2 minutes`, `1 minute 30 seconds`, `45 seconds`.
func duration(_ seconds: Int) -> String {
    let parts = [(seconds / 60, "minute"), (seconds % 60, "second")].filter { $0.0 > 0 }
    return parts.isEmpty ? "0 seconds" : parts.map { counted($0.0, $0.1) }.joined(separator: " ")
}
