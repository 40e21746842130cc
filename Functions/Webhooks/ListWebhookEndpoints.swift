import Endpoint
import Identity
import Postgres
import Validation
import Webhooks

/// Lists the organisation's webhook endpoints, oldest first, and what can be sent to them.
@main struct ListWebhookEndpoints: Endpoint {
    static let route = Route.get("/api/webhook-endpoints")
    static let access = Access.administrator
    static let summary = "List webhook endpoints"

    struct Input: Decodable {}

    struct Output: Codable {
        let endpoints: [WebhookEndpoint]
        let eventTypes: [EventType]
    }

    struct EventType: Codable {
        let name: WebhookEventType
        let meaning: String
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> Output {
        Output(
            endpoints: try caller.database.rows("SELECT * FROM shown_webhook_endpoint ORDER BY created_at, id"),
            eventTypes: WebhookEventType.allCases.map { EventType(name: $0, meaning: $0.meaning) })
    }
}
