import Endpoint
import Identity
import Postgres
import Validation
import Webhooks

/// Removes a webhook endpoint with all its deliveries.
@main struct DeleteWebhookEndpoint: Endpoint {
    static let route = Route.delete("/api/webhook-endpoints/{id}")
    static let access = Access.administrator
    static let summary = "Remove a webhook endpoint"
    static let success = Success.noContent
    static let failures: [Failure.Code] = [.notFound]

    struct Input: Decodable {
        let id: Identifier
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> Nothing {
        guard try caller.database.execute("DELETE FROM webhook_endpoint WHERE id = \(input.id)") == 1 else {
            throw .notFound("webhook endpoint")
        }
        return Nothing()
    }
}
