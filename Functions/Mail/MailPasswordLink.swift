import Accounts
import Endpoint
import Events
import FoundationEssentials
import Identity
import Mail
import Postgres
import Validation

/// Mails somebody the link to choose their password, unless it was used or another has taken its place.
@main struct MailPasswordLink: Endpoint {
    static let route = Route.post("/api/webhooks/mail/password-link")
    static let access = Access.event(.passwordLinkMade)
    static let summary = "Webhook: mail somebody a link to choose a password"
    static let success = Success.noContent
    static let failures: [Failure.Code] = [.conflict]

    struct Input: Decodable {
        let linkId: Identifier
    }

    private struct Row: Decodable {
        let expiresAt: Timestamp
        let name: String
        let email: String
        let hasJoined: Bool
        let organization: String
    }

    let links: PasswordLinks
    let postman: Postman

    init(_ environment: Environment) throws(Failure) {
        links = try PasswordLinks(environment)
        postman = try Postman(environment)
    }

    func handle(_ input: Input, from caller: Service) throws(Failure) -> Nothing {
        if try caller.isDone() { return Nothing() }
        let row: Row? = try caller.database.row(
            """
            SELECT l.expires_at, a.name, a.email, a.has_joined, o.name AS organization
            FROM password_link l JOIN account a ON a.id = l.account_id JOIN organization o ON o.id = a.organization_id
            WHERE l.id = \(input.linkId)
            """)
        if let row {
            let letter = PasswordLink(
                name: row.name, email: row.email, organization: row.organization, hasJoined: row.hasJoined,
                expiresAt: Date(row.expiresAt), linkURL: links.url(of: input.linkId))
            try postman.deliver(letter, to: row.email, name: row.name, for: row.organization, key: caller.deliveryID)
        }
        try caller.once()
        return Nothing()
    }
}
