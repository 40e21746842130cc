/// What tells an administrator that a provider of engines is of no use until somebody acts.
public struct EngineStopped: Letter {
    public let name: String
    public let organization: String
    /// As the operator calls it.
    public let provider: String
    /// Such as "its spend limit is reached".
    public let reason: String
    public let enginesURL: String

    public init(name: String, organization: String, provider: String, reason: String, enginesURL: String) {
        self.name = name
        self.organization = organization
        self.provider = provider
        self.reason = reason
        self.enginesURL = enginesURL
    }

    public var subject: String { "The AI provider \(provider) has stopped for \(organization)" }

    public func body() throws(MailError) -> MailBody {
        try MailTemplate(
            title: subject,
            paragraphs: [
                "Hi \(name),",
                "\(organization) uses the provider \(provider), and it does no work any more: \(reason).",
            ],
            facts: [],
            button: .init(label: "See the Engines", link: enginesURL),
            foot: "Candidates notice nothing. Transcripts and analyses wait, and after some hours the engines on this server make them."
        ).render()
    }
}
