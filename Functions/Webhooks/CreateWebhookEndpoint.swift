import Endpoint
import Identity
import Postgres
import Validation
import Webhooks

/// Adds an address that is told of events, and shows the secret that signs them this once.
@main struct CreateWebhookEndpoint: Endpoint {
    static let route = Route.post("/api/webhook-endpoints")
    static let access = Access.administrator
    static let summary = "Add a webhook endpoint"
    static let success = Success.created
    static let failures: [Failure.Code] = [.conflict]

    struct Input: Decodable {
        let url: WebhookURL
        let description: Text<0, 200>?
        let eventTypes: List<WebhookEventType, 1, 8>
    }

    private struct Created: Decodable {
        let id: Identifier
    }

    private struct Total: Decodable {
        let count: Int
    }

    let secrets: WebhookSecrets
    let allowsLoopback: Bool

    init(_ environment: Environment) throws(Failure) {
        secrets = try WebhookSecrets(environment)
        allowsLoopback = WebhookEndpoint.allowsLoopback(environment)
    }

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> WebhookEndpointWithSecret {
        try caller.database.transaction { transaction throws(Failure) in
            // Two at once must not both be the last one.
            transaction.queue("SELECT pg_advisory_xact_lock(hashtextextended('webhook endpoints ' || caller_organization(), 0))")
            let known: Total? = try transaction.row("SELECT count(*) FROM webhook_endpoint")
            try WebhookEndpoint.check(input.url, allowsLoopback: allowsLoopback)
            guard (known?.count ?? 0) < WebhookEndpoint.most else {
                throw .conflict("There are \(WebhookEndpoint.most) webhook endpoints already, which is all there can be.")
            }
            let created: Created? = try transaction.row(
                """
                INSERT INTO webhook_endpoint (organization_id, url, description, event_types)
                VALUES (caller_organization(), \(input.url), coalesce(\(input.description), ''),
                    ARRAY(SELECT DISTINCT jsonb_array_elements_text(\(input.eventTypes.json)) ORDER BY 1))
                RETURNING id
                """)
            guard let created else { throw .internal("an endpoint was neither refused nor created") }
            return WebhookEndpointWithSecret(
                try .read(created.id, transaction), secret: secrets.secret(of: created.id, version: 1))
        }
    }
}
