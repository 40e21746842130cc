public import FoundationEssentials

/// What tells an administrator that one of the organisation's webhook endpoints was switched off.
public struct WebhookSwitchedOff: Letter {
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

    public var subject: String { "A webhook endpoint of \(organization) was switched off" }

    public func body() throws(MailError) -> MailBody {
        let reason = failingSince.map { "It has taken nothing since \(MailDate.text($0))." }
            ?? "It answered 410, which says that nothing more is wanted."
        return try MailTemplate(
            title: subject,
            paragraphs: [
                "Hi \(name),",
                "A webhook endpoint of \(organization) was switched off, and is not told of anything until it is switched on again.",
            ],
            facts: [address, reason],
            button: .init(label: "See What Happened", link: webhooksURL),
            foot: "What waits for it is kept, and sent when it is on again."
        ).render()
    }
}
