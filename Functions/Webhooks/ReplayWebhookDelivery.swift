import Endpoint
import Identity
import Postgres
import Validation
import Webhooks

/// Sends a delivery that ended once more, with the same id and the same data.
@main struct ReplayWebhookDelivery: Endpoint {
    static let route = Route.post("/api/webhook-endpoints/{id}/deliveries/{deliveryId}/replay")
    static let access = Access.administrator
    static let summary = "Send a webhook's delivery again"
    static let failures: [Failure.Code] = [.notFound, .conflict]

    struct Input: Decodable {
        let id: Identifier
        let deliveryId: Identifier
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> WebhookDelivery {
        try caller.database.transaction { transaction throws(Failure) in
            transaction.queue("SELECT FROM webhook_delivery WHERE id = \(input.deliveryId) FOR UPDATE")
            let endpoint = try WebhookEndpoint.read(input.id, transaction)
            let delivery = try Self.read(input, transaction)
            guard delivery.state != .pending else { throw .conflict("This delivery is on its way already.") }
            guard endpoint.enabled || delivery.eventType == WebhookEventType.test else {
                throw .conflict("This endpoint is switched off. Switch it on first.")
            }
            transaction.queue(
                "UPDATE webhook_delivery SET state = 'PENDING', attempts = 0, run_at = now() WHERE id = \(input.deliveryId)")
            transaction.queue("NOTIFY webhook")
            return try Self.read(input, transaction)
        }
    }

    private static func read(_ input: Input, _ transaction: Transaction) throws(Failure) -> WebhookDelivery {
        guard let delivery = try WebhookDelivery.list(of: input.id, only: input.deliveryId, transaction).first else {
            throw .notFound("delivery")
        }
        return delivery
    }
}
