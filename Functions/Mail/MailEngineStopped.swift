import Endpoint
import Events
import Identity
import Mail
import Models
import Postgres
import Validation

/// Mails an administrator that a provider they chose is of no use until somebody acts, unless it works again.
@main struct MailEngineStopped: Endpoint {
    static let route = Route.post("/api/webhooks/mail/engine-stopped")
    static let access = Access.event(.engineStopped)
    static let summary = "Webhook: mail an administrator that an engine's provider stopped"
    static let success = Success.noContent
    static let failures: [Failure.Code] = [.notFound, .conflict]

    struct Input: Decodable {
        let provider: Text<1, 40>
        let accountId: Identifier
    }

    private struct Row: Decodable {
        let stop: Stop?
        let name: String
        let email: String
        let organization: String
    }

    let baseURL: String
    let postman: Postman

    init(_ environment: Environment) throws(Failure) {
        baseURL = try environment.baseURL()
        postman = try Postman(environment)
    }

    func handle(_ input: Input, from caller: Service) throws(Failure) -> Nothing {
        if try caller.isDone() { return Nothing() }
        let row: Row? = try caller.database.row(
            """
            SELECT CASE WHEN a.deactivated_at IS NULL THEN p.stop END AS stop, a.name, a.email, o.name AS organization
            FROM ai_provider p JOIN account a ON a.id = \(input.accountId) JOIN organization o ON o.id = a.organization_id
            WHERE p.name = \(input.provider)
            """)
        guard let row else { throw .notFound("provider") }
        if let stop = row.stop {
            let notice = EngineStopped(
                name: row.name, organization: row.organization, provider: input.provider.value, reason: stop.sentence,
                enginesURL: "\(baseURL)/ai")
            try postman.deliver(notice, to: row.email, name: row.name, for: row.organization, key: caller.deliveryID)
        }
        try caller.once()
        return Nothing()
    }
}
