public import Crypto
public import Endpoint
import Identity
import JSON
public import Postgres
import Validation

/// A signed event, delivered by the courier or by whoever else holds the webhook secret; or what else must be dealt with
/// once, however often it is told.
public struct Service {
    /// The same for every attempt to deliver the same event.
    public let deliveryID: String
    /// Statements on behalf of the event's organisation.
    public let database: Session

    public init(deliveryID: String, database: Session) {
        self.deliveryID = deliveryID
        self.database = database
    }

    private struct Known: Decodable {
        let isDone: Bool
    }

    /// Whether this delivery was already dealt with. For work outside the database, which cannot
    /// be part of the transaction: ask first, work, then note it with ``once(_:)``. A crash in
    /// between repeats the work.
    public func isDone() throws(Failure) -> Bool {
        let known: Known? = try database.row(
            "SELECT EXISTS (SELECT FROM receipt WHERE webhook_id = \(deliveryID)) AS is_done")
        return known?.isDone ?? false
    }

    /// Runs `body` in one transaction unless this delivery was already dealt with: of several
    /// attempts, one takes effect.
    public func once(_ body: (Transaction) throws(Failure) -> Void = { _ in }) throws(Failure) {
        try database.transaction { transaction throws(Failure) in
            let isNew = try transaction.execute(
                """
                INSERT INTO receipt (webhook_id, organization_id) VALUES (\(deliveryID), caller_organization())
                ON CONFLICT DO NOTHING
                """)
            if isNew == 1 { try body(transaction) }
        }
    }
}

extension Access where Caller == Service {
    /// A webhook that subscribes to `topics`: signed as Standard Webhooks asks
    /// (https://www.standardwebhooks.com), with `{type, timestamp, data}` as its body.
    public static func event(_ topics: Topic...) -> Self {
        let names = topics.map(\.rawValue)
        return Access("service", credential: .signature, topics: names, failures: [.authRequired, .invalidToken]) {
            environment throws(Failure) in
            let database = try Database(environment, as: .service)
            let signer = try EventSigner(environment)
            return Gate(
                identify: { request throws(Failure) in
                    let id = try signer.verify(request)
                    let organization = try organization(of: request)
                    return Service(
                        deliveryID: id, database: database.session(of: organization, traceparent: request.trace.traceparent))
                },
                confirm: { _ throws(Failure) in },
                impersonate: { _, request throws(Failure) in try signer.sign(&request) })
        }
    }

    private static func organization(of request: Request) throws(Failure) -> Identifier {
        let body = try? JSON(parsing: request.body)
        guard let text = (body?["data"] ?? body)?["organizationId"]?.text, let id = Identifier(text) else {
            throw .invalid("organizationId", "must be the id of the event's organization")
        }
        return id
    }
}

/// Signs and checks events with the installation's own webhook key.
public struct EventSigner {
    private let webhook: StandardWebhook

    public init(_ environment: Environment) throws(Failure) {
        let key = try environment.key(for: "webhooks")
        do { webhook = try StandardWebhook(keys: [key]) } catch { throw .internal("\(error)") }
    }

    /// The signature headers for a body that is sent now.
    /// - Parameter id: the same for every attempt to deliver the same event.
    public func headers(id: String, body: [UInt8]) throws(Failure) -> [Header] {
        do {
            let signed = try webhook.sign(id: id, timestamp: Timestamp.now.seconds, body: body)
            return [
                Header("webhook-id", signed.id), Header("webhook-timestamp", signed.timestamp),
                Header("webhook-signature", signed.signature),
            ]
        } catch {
            throw .internal("\(error)")
        }
    }

    /// - Returns: the id of the delivery.
    func verify(_ request: Request) throws(Failure) -> String { try request.verify(by: webhook, headers: "webhook") }

    /// Gives a fixture's request its signature.
    func sign(_ request: inout Request) throws(Failure) {
        for header in try headers(id: "fixture", body: request.body) {
            request.variables["HTTP_" + header.name.uppercased().map { $0 == "-" ? "_" : String($0) }.joined()] = header.value
        }
    }
}

extension Request {
    /// Checks the signature of a webhook, as of now.
    ///
    /// - Parameter prefix: what the names of its headers begin with.
    /// - Returns: the message's id.
    public func verify(by webhook: StandardWebhook, headers prefix: String) throws(Failure) -> String {
        guard let id = header("\(prefix)-id"), let timestamp = header("\(prefix)-timestamp"),
            let signature = header("\(prefix)-signature")
        else { throw Failure(.authRequired, "The webhook's signature headers are missing.") }
        do {
            try webhook.verify(
                .init(id: id, timestamp: timestamp, signature: signature), body: body, now: Timestamp.now.seconds)
        } catch {
            throw .invalidToken("The webhook's signature is not valid: \(error).")
        }
        return id
    }
}
