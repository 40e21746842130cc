import Endpoint
import Identity
import Postgres
import Validation
import Webhooks

/// Changes what is given about a webhook endpoint and leaves the rest. While it is off nothing is
/// queued for it; what was queued before goes on when it is on again.
@main struct UpdateWebhookEndpoint: Endpoint {
    static let route = Route.patch("/api/webhook-endpoints/{id}")
    static let access = Access.administrator
    static let summary = "Change a webhook endpoint"
    static let failures: [Failure.Code] = [.notFound, .conflict]

    struct Input: Decodable {
        let id: Identifier
        /// The one that the change was made from.
        let version: Whole<1, 1_000_000>
        let url: WebhookURL?
        let description: Text<0, 200>?
        let eventTypes: List<WebhookEventType, 1, 8>?
        let enabled: Bool?
    }

    let allowsLoopback: Bool

    init(_ environment: Environment) { allowsLoopback = WebhookEndpoint.allowsLoopback(environment) }

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> WebhookEndpoint {
        try caller.database.transaction { transaction throws(Failure) in
            transaction.queue("SELECT FROM webhook_endpoint WHERE id = \(input.id) FOR UPDATE")
            let current = try WebhookEndpoint.read(input.id, transaction)
            try WebhookEndpoint.check(input.url, allowsLoopback: allowsLoopback)
            guard input.version.value == current.version else {
                throw .changedMeanwhile("endpoint", yours: input.version.value, current: current.version, current)
            }
            transaction.queue(
                """
                UPDATE webhook_endpoint
                SET url = coalesce(\(input.url), url), description = coalesce(\(input.description), description),
                    event_types = CASE WHEN \(input.eventTypes?.json)::jsonb IS NULL THEN event_types
                        ELSE ARRAY(SELECT DISTINCT jsonb_array_elements_text(\(input.eventTypes?.json)) ORDER BY 1) END,
                    enabled = coalesce(\(input.enabled), enabled),
                    disabled_reason = CASE WHEN \(input.enabled)::boolean IS NULL THEN disabled_reason END,
                    failing_since = CASE WHEN enabled OR \(input.enabled) IS NOT TRUE THEN failing_since END,
                    version = version + 1, updated_at = now()
                WHERE id = \(input.id)
                """)
            transaction.queue("NOTIFY webhook")
            return try .read(input.id, transaction)
        }
    }
}
