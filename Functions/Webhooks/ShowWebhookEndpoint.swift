import Endpoint
import Identity
import Postgres
import Validation
import Webhooks

/// Shows a webhook endpoint.
@main struct ShowWebhookEndpoint: Endpoint {
    static let route = Route.get("/api/webhook-endpoints/{id}")
    static let access = Access.administrator
    static let summary = "Show a webhook endpoint"
    static let failures: [Failure.Code] = [.notFound]

    struct Input: Decodable {
        let id: Identifier
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> WebhookEndpoint {
        try caller.database.transaction { transaction throws(Failure) in try .read(input.id, transaction) }
    }
}
