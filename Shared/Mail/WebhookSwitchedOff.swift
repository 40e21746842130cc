public import FoundationEssentials

/// What tells an administrator that one of the organisation's webhook endpoints was switched off.
public struct WebhookSwitchedOff: Sendable {
    public let name: String
    public let organization: String
    /// Without its query, which may hold a secret.
    public let address: String
    /// Since when nothing was taken; nil when the endpoint itself said that it wants nothing more.
    public let failingSince: Date?
    public let webhooksURL: String

    public init(name: String, organization: String, address: String, failingSince: Date?, webhooksURL: String) {
        self.name = name
        self.organization = organization
        self.address = address
        self.failingSince = failingSince
        self.webhooksURL = webhooksURL
    }

    /// The notice as a message; see `MailMessage` for its id and date.
    public func message(
        from: Mailbox, to: Mailbox, messageID: String, date: Date
    ) throws(MailError) -> MailMessage {
        let subject = "A webhook endpoint of \(organization) was switched off"
        let reason = failingSince.map { "It has taken nothing since \(MailDate.text($0))." }
            ?? "It answered 410, which says that nothing more is wanted."
        let (text, html) = try MailTemplate(
            title: subject,
            paragraphs: [
                "Hi \(name),",
                "A webhook endpoint of \(organization) was switched off, and is not told of anything until it is switched on again.",
            ],
            facts: [address, reason],
            action: "See What Happened", link: webhooksURL,
            foot: "What waits for it is kept, and sent when it is on again."
        ).render()
        return try MailMessage(
            from: from, to: [to], subject: subject, text: text, html: html, messageID: messageID,
            date: date)
    }
}
