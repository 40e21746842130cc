import Endpoint
import Identity
import Postgres
import Validation
import Webhooks

/// Queues an event `webhook.test` for an endpoint, also for one that is off.
@main struct TestWebhookEndpoint: Endpoint {
    static let route = Route.post("/api/webhook-endpoints/{id}/test")
    static let access = Access.administrator
    static let summary = "Send a test event to a webhook endpoint"
    static let success = Success.created
    static let failures: [Failure.Code] = [.notFound, .rateLimited]

    /// How many tests may be on their way to one endpoint.
    private static let mostPending = 5

    struct Input: Decodable {
        let id: Identifier
    }

    private struct Queued: Decodable {
        let id: Identifier?
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> WebhookDelivery {
        try caller.database.transaction { transaction throws(Failure) in
            let queued: Queued? = try transaction.row(
                """
                WITH endpoint AS (SELECT id, organization_id FROM webhook_endpoint WHERE id = \(input.id) FOR UPDATE),
                queued AS (
                    INSERT INTO webhook_delivery (organization_id, endpoint_id, event_type, data, traceparent)
                    SELECT organization_id, id, \(WebhookEventType.test),
                        jsonb_build_object('organizationId', organization_id, 'endpointId', id),
                        nullif(current_setting('app.traceparent', true), '')
                    FROM endpoint WHERE \(Self.mostPending) > (
                        SELECT count(*) FROM webhook_delivery d
                        WHERE d.endpoint_id = endpoint.id AND d.state = 'PENDING' AND d.event_type = \(WebhookEventType.test))
                    RETURNING id)
                SELECT queued.id FROM endpoint LEFT JOIN queued ON true
                """)
            guard let queued else { throw .notFound("webhook endpoint") }
            guard let id = queued.id else {
                throw Failure(
                    .rateLimited, "\(Self.mostPending) tests are on their way to this endpoint. Wait for them.",
                    headers: [Header("Retry-After", "60")])
            }
            transaction.queue("NOTIFY webhook")
            guard let delivery = try WebhookDelivery.list(of: input.id, only: id, transaction).first else {
                throw .internal("a test that was queued is gone")
            }
            return delivery
        }
    }
}
