import Endpoint
import Events
import FoundationEssentials
import Identity
import Mail
import Postgres
import Validation

/// Mails an administrator that a webhook endpoint was switched off, unless it is on again.
@main struct MailWebhookSwitchedOff: Endpoint {
    static let route = Route.post("/api/webhooks/mail/webhook-switched-off")
    static let access = Access.event(.webhookSwitchedOff)
    static let summary = "Webhook: mail an administrator that a webhook endpoint was switched off"
    static let success = Success.noContent
    static let failures: [Failure.Code] = [.notFound, .conflict]

    struct Input: Decodable {
        let endpointId: Identifier
        let accountId: Identifier
    }

    private struct Row: Decodable {
        let enabled: Bool
        let address: String
        let failingSince: Timestamp?
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
            SELECT e.enabled OR a.deactivated_at IS NOT NULL AS enabled, split_part(e.url, '?', 1) AS address, a.name, a.email, o.name AS organization,
                CASE WHEN e.disabled_reason = 'FAILING' THEN e.failing_since END AS failing_since
            FROM webhook_endpoint e JOIN account a ON a.id = \(input.accountId) JOIN organization o ON o.id = e.organization_id
            WHERE e.id = \(input.endpointId)
            """)
        guard let row else { throw .notFound("webhook endpoint") }
        if !row.enabled {
            let notice = WebhookSwitchedOff(
                name: row.name, organization: row.organization, address: row.address,
                failingSince: row.failingSince.map { Date($0) }, webhooksURL: "\(baseURL)/webhooks")
            try postman.deliver(notice, to: row.email, name: row.name, for: row.organization, key: caller.deliveryID)
        }
        try caller.once()
        return Nothing()
    }
}
