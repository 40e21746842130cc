public import FoundationEssentials

/// What brings somebody the link by which they choose their account's password.
public struct PasswordLink: Letter {
    public let name: String
    public let email: String
    public let organization: String
    /// Whether they have a password, which the new one takes the place of.
    public let hasJoined: Bool
    public let expiresAt: Date
    public let linkURL: String

    public init(name: String, email: String, organization: String, hasJoined: Bool, expiresAt: Date, linkURL: String) {
        self.name = name
        self.email = email
        self.organization = organization
        self.hasJoined = hasJoined
        self.expiresAt = expiresAt
        self.linkURL = linkURL
    }

    public var subject: String {
        hasJoined ? "Choose a new password for \(organization)" : "Your account at \(organization)"
    }

    public func body() throws(MailError) -> MailBody {
        let news = hasJoined
            ? "An administrator of \(organization) sends you this link to choose a new password. Until you do, yours stays as it is."
            : "\(organization) interviews candidates with Parley, and an administrator has added an account for you. Choose a password, and you are in."
        return try MailTemplate(
            title: subject, paragraphs: ["Hi \(name),", news],
            facts: ["You sign in as \(email)", "The link works once, until \(MailDate.text(expiresAt))"],
            button: .init(label: "Choose Password", link: linkURL),
            foot: "If you did not expect this, do nothing: without the link nobody can sign in."
        ).render()
    }
}
