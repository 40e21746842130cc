import Crypto
public import Endpoint
import Identity
public import Validation

/// The secrets that sign what endpoints are sent. They are derived from the installation's secret,
/// so the database has none; a person is shown one when it is made.
public struct WebhookSecrets: Sendable {
    /// How long the secret before signs beside a new one, in hours.
    public static let overlap = 24

    private let key: [UInt8]

    public init(_ environment: Environment) throws(Failure) { key = try environment.key(for: "webhook endpoints") }

    /// 32 bytes.
    private func key(of endpoint: Identifier, version: Int) -> [UInt8] {
        HMACSHA256.sign("\(endpoint) \(version)".utf8, key: key)
    }

    /// As a receiver is given it: `whsec_` and base 64.
    public func secret(of endpoint: Identifier, version: Int) -> String {
        StandardWebhook.secret(of: key(of: endpoint, version: version))
    }

    /// The headers of a message that is sent now, signed with the newest secret first.
    /// - Parameter withPrevious: whether the secret before the newest signs too.
    public func headers(
        id: Identifier, body: [UInt8], of endpoint: Identifier, version: Int, withPrevious: Bool
    ) throws(Failure) -> [Header] {
        let versions = withPrevious && version > 1 ? [version, version - 1] : [version]
        do {
            let signed = try StandardWebhook(keys: versions.map { key(of: endpoint, version: $0) })
                .sign(id: id.description, timestamp: Timestamp.now.seconds, body: body)
            return [
                Header("webhook-id", signed.id), Header("webhook-timestamp", signed.timestamp),
                Header("webhook-signature", signed.signature),
            ]
        } catch {
            throw .internal("\(error)")
        }
    }
}
