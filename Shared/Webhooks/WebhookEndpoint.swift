public import Endpoint
public import Postgres
public import Validation

/// An endpoint as its organisation's administrators see it.
public struct WebhookEndpoint: Codable, Sendable {
    public let id: Identifier
    public let url: String
    public let description: String
    public let eventTypes: [WebhookEventType]
    public let enabled: Bool
    /// `FAILING` when it took nothing for days, `GONE` when it answered 410; null when a person switched it off.
    public let disabledReason: DisabledReason?
    /// When its failures began; null when its last delivery was taken.
    public let failingSince: Timestamp?
    /// When the event that was delivered last had happened.
    public let lastDeliveredAt: Timestamp?
    /// Until when the secret before the present one signs too; null when only one does.
    public let previousSecretUntil: Timestamp?
    /// One more with every change.
    public let version: Int
    public let createdAt: Timestamp
    public let updatedAt: Timestamp

    public enum DisabledReason: String, Choice {
        case failing = "FAILING"
        case gone = "GONE"
    }

    /// How many endpoints an organisation may have.
    public static let most = 20

    /// Reads one.
    public static func read(_ id: Identifier, _ transaction: Transaction) throws(Failure) -> WebhookEndpoint {
        let endpoint: WebhookEndpoint? = try transaction.row("SELECT * FROM shown_webhook_endpoint WHERE id = \(id)")
        guard let endpoint else { throw .notFound("webhook endpoint") }
        return endpoint
    }

    /// Whether this installation sends to http addresses on its own machine, for tests. Fixtures
    /// are those of an installation that does not.
    public static func allowsLoopback(_ environment: Environment) -> Bool {
        environment.rehearsal == nil && environment["PARLEY_WEBHOOK_LOOPBACK"] == "allow"
    }

    /// 400 for an address that only other installations would call.
    public static func check(_ url: WebhookURL?, allowsLoopback: Bool) throws(Failure) {
        if let url, url.isLoopback, !allowsLoopback { throw .invalid("url", "must begin with https://") }
    }
}

/// An endpoint with its secret, which is shown this once.
public struct WebhookEndpointWithSecret: Codable, Sendable {
    public let endpoint: WebhookEndpoint
    /// `whsec_` and base 64, as libraries for Standard Webhooks take it.
    public let secret: String

    public init(_ endpoint: WebhookEndpoint, secret: String) {
        self.endpoint = endpoint
        self.secret = secret
    }
}
