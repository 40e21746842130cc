import Crypto
public import Endpoint
import JSON
import ObjectStores
import Postgres
import Storage
import Validation

extension Access where Caller == StorageNotice {
    /// Amazon SNS by its signature; EventBridge, MinIO and others by the token.
    public static var s3Events: Self {
        sender(.s3, impersonate: bearToken) { environment throws(Failure) in
            let settings = try StorageEventSettings(environment)
            let sns = try SNS(environment)
            return { request, desk throws(Failure) in
                // By this header SNS is told from the others. It proves nothing.
                if request.header("x-amz-sns-message-type") != nil { return try notice(of: request, sns, desk) }
                if let refusal = settings.refusal(ofTokenIn: request) { return .failure(refusal) }
                return events(in: document(request.body).flatMap(S3Notification.read))
            }
        }
    }

    /// Azure Event Grid, by the token: in a header or, as its handshakes need it, in the address.
    public static var azureEvents: Self {
        sender(.azure, impersonate: bearToken) { environment throws(Failure) in
            let settings = try StorageEventSettings(environment)
            return { request, _ throws(Failure) in
                if let refusal = settings.refusal(ofTokenIn: request) { return .failure(refusal) }
                // The handshake of CloudEvents has no body.
                if request.method == "OPTIONS" { return .success(.events([])) }
                let content = document(request.body).flatMap(AzureNotification.read)
                return content.map { .success($0) } ?? .failure(.malformed)
            }
        }
    }

    /// Vercel Blob, by its signature.
    public static var vercelEvents: Self {
        sender(.vercel, impersonate: sign) { environment throws(Failure) in
            let store = try StorageEventSettings(environment).vercel
            return { request, _ throws(Failure) in
                guard let store, let signature = request.header("x-vercel-signature") else { return .failure(.unsigned) }
                guard store.verify(signature, of: request.body) else { return .failure(.forged) }
                return events(in: document(request.body).flatMap(VercelNotification.read))
            }
        }
    }

    private typealias Reader = (Request, StorageEventDesk) throws(Failure) -> Result<StorageNotice.Content, StorageRefusal>
    private typealias Impersonation = @Sendable (Environment, inout Request) throws(Failure) -> Void

    private static func sender(
        _ provider: StorageProvider, impersonate: @escaping Impersonation,
        reader: @escaping @Sendable (Environment) throws(Failure) -> Reader
    ) -> Self {
        Access("blob store", credential: .notice, failures: [.authRequired, .invalidToken]) {
            environment throws(Failure) in
            let desk = try StorageEventDesk(environment, provider)
            let read = try reader(environment)
            return Gate(
                identify: { request throws(Failure) in
                    switch try read(request, desk) {
                    case .success(let content):
                        return StorageNotice(content: content, desk: desk, traceparent: request.trace.traceparent)
                    case .failure(let refusal):
                        try desk.count(refusal)
                        throw refusal.failure
                    }
                },
                confirm: { _ throws(Failure) in },
                impersonate: { _, request throws(Failure) in try impersonate(environment, &request) })
        }
    }

    private static func notice(
        of request: Request, _ sns: SNS, _ desk: StorageEventDesk
    ) throws(Failure) -> Result<StorageNotice.Content, StorageRefusal> {
        let message: SNSMessage
        do throws(StorageRefusal) { message = try SNSMessage(document(request.body) ?? .null) } catch { return .failure(error) }
        guard try sns.isGenuine(message, desk.database.session) else { return .failure(.forged) }
        switch message.kind {
        case .notification: return events(in: document(Array(message.message.utf8)).flatMap(S3Notification.read))
        case .subscription: return .success(.subscription(url: message.subscribeURL ?? ""))
        case .end: return .success(.events([.failure(.otherEvent)]))
        }
    }

    private static func document(_ body: [UInt8]) -> JSON? { try? JSON(parsing: body) }

    private static func events(in readings: [Reading]?) -> Result<StorageNotice.Content, StorageRefusal> {
        readings.map { .success(.events($0)) } ?? .failure(.malformed)
    }

    /// Gives a fixture's request the token.
    private static func bearToken(_ environment: Environment, _ request: inout Request) throws(Failure) {
        request.variables["HTTP_AUTHORIZATION"] = try StorageEventSettings(environment).token.map { "Bearer \($0)" }
    }

    /// Gives a fixture's request Vercel's signature.
    private static func sign(_ environment: Environment, _ request: inout Request) throws(Failure) {
        let key = try StoreCredentials(environment).required("readWriteToken")
        request.variables["HTTP_X_VERCEL_SIGNATURE"] = Hex.encode(HMACSHA256.sign(request.body, key: Array(key.utf8)))
    }
}

extension StorageEventSettings {
    /// Nil when a request has the token: as the parameter `token`, or in `Authorization` with or without `Bearer` before it.
    fileprivate func refusal(ofTokenIn request: Request) -> StorageRefusal? {
        let header = request.header("authorization").map { $0.hasPrefix("Bearer ") ? String($0.dropFirst(7)) : $0 }
        // Whoever has it in the address may have another proof, for somebody else, in the header.
        guard let token, let given = request.query.first(where: { $0.name == "token" })?.value ?? header else {
            return .unsigned
        }
        return constantTimeEquals(Array(given.utf8), Array(token.utf8)) ? nil : .forged
    }
}

extension StorageRefusal {
    /// The answer to a message of which nothing is believed. Another attempt is of no use; some providers make a few all the
    /// same, and their operators see that.
    fileprivate var failure: Failure {
        switch self {
        case .unsigned: Failure(.authRequired, "Whoever tells of objects has to prove who they are.")
        case .forged: .invalidToken("The token or the signature is not right.")
        default: .invalid("", "is not a message about objects as this provider writes them")
        }
    }
}
