import Endpoint
import Identity
import Postgres
import Validation
import Webhooks

/// Gives a webhook endpoint a new secret, shown this once. For a day the one before signs too.
@main struct RotateWebhookSecret: Endpoint {
    static let route = Route.post("/api/webhook-endpoints/{id}/rotate-secret")
    static let access = Access.administrator
    static let summary = "Give a webhook endpoint a new secret"
    static let failures: [Failure.Code] = [.notFound]

    struct Input: Decodable {
        let id: Identifier
    }

    private struct Rotated: Decodable {
        let secretVersion: Int
    }

    let secrets: WebhookSecrets

    init(_ environment: Environment) throws(Failure) { secrets = try WebhookSecrets(environment) }

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> WebhookEndpointWithSecret {
        try caller.database.transaction { transaction throws(Failure) in
            let rotated: Rotated? = try transaction.row(
                """
                UPDATE webhook_endpoint
                SET secret_version = secret_version + 1, version = version + 1, updated_at = now(),
                    previous_secret_until = now() + make_interval(hours => \(WebhookSecrets.overlap)::integer)
                WHERE id = \(input.id) RETURNING secret_version
                """)
            guard let rotated else { throw .notFound("webhook endpoint") }
            return WebhookEndpointWithSecret(
                try .read(input.id, transaction), secret: secrets.secret(of: input.id, version: rotated.secretVersion))
        }
    }
}
