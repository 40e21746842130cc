import Endpoint
import Identity
import Postgres
import Validation
import Webhooks

/// Lists what was sent to a webhook endpoint or will be, newest first, with every try. What is
/// finished is kept for thirty days.
@main struct ListWebhookDeliveries: Endpoint {
    static let route = Route.get("/api/webhook-endpoints/{id}/deliveries")
    static let access = Access.administrator
    static let summary = "List a webhook endpoint's deliveries, newest first"
    static let failures: [Failure.Code] = [.notFound]

    struct Input: Decodable {
        let id: Identifier
        let state: WebhookDelivery.State?
        let cursor: Cursor?
        let limit: Whole<1, 100>?
    }

    struct Output: Codable {
        let deliveries: [WebhookDelivery]
        /// For the next page; null on the last one.
        let nextCursor: Cursor?
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> Output {
        let size = input.limit?.value ?? 25
        let found = try caller.database.transaction { transaction throws(Failure) in
            _ = try WebhookEndpoint.read(input.id, transaction)
            return try WebhookDelivery.list(
                of: input.id, state: input.state, after: input.cursor, most: size + 1, transaction)
        }
        let (page, next) = Cursor.page(found, of: size) { Cursor($0.createdAt, $0.id) }
        return Output(deliveries: page, nextCursor: next)
    }
}
