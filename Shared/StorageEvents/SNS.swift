import Crypto
public import Endpoint
import Network
import Postgres
import Validation

/// Amazon SNS: whether it sent a message, and the handshake by which it is asked to send more.
public final class SNS {
    private let settings: StorageEventSettings
    private let client: HTTPClient

    private struct Kept: Decodable {
        let pem: String
    }

    public init(_ environment: Environment) throws(Failure) {
        settings = try StorageEventSettings(environment)
        client = HTTPClient(certificateAuthorities: settings.authorities)
    }

    /// Whether SNS sent the message, from a topic that we listen to.
    ///
    /// Anybody may have SNS sign what they like in a topic of their own; so the topic is looked at first, and nothing is
    /// fetched for others.
    ///
    /// - Parameter session: where certificates are kept.
    func isGenuine(_ message: SNSMessage, _ session: Session) throws(Failure) -> Bool {
        let url = message.certificateURL
        guard settings.topics.contains(message.topic), settings.isCertificate(url),
            message.subscribeURL.map(settings.isAllowed) ?? true
        else { return false }
        let now = Timestamp.now.seconds
        let kept: Kept? = try session.row("SELECT pem FROM storage_certificate WHERE url = \(url)")
        if let certificate = kept.flatMap({ Certificate(pem: Array($0.pem.utf8)) }), certificate.isValid(at: now) {
            return message.isSigned(by: certificate, now: now)
        }
        guard let pem = try fetch(url), let certificate = Certificate(pem: pem), message.isSigned(by: certificate, now: now)
        else { return false }
        try session.execute(
            """
            INSERT INTO storage_certificate (url, pem) VALUES (\(url), \(String(decoding: pem, as: UTF8.self)))
            ON CONFLICT (url) DO UPDATE SET pem = excluded.pem, kept_at = now()
            """)
        return true
    }

    /// Tells SNS that the messages of a topic are wanted.
    /// - Parameter url: from a message that is genuine.
    /// - Throws: `UNAVAILABLE` when it cannot be told: SNS asks again then.
    public func subscribe(_ url: String) throws(Failure) {
        guard try fetch(url) == nil else { return }
        throw .unavailable("The subscription could not be confirmed.", cause: "SNS did not confirm it")
    }

    /// What is at an address; nil when its host says that there is nothing.
    private func fetch(_ url: String) throws(Failure) -> [UInt8]? {
        var request = HTTPRequest(.get, url)
        request.timeout = .seconds(10)
        request.replyLimit = 64 << 10
        let reply: HTTPReply
        do throws(NetworkError) { reply = try client.send(request) } catch {
            // The address of a confirmation is a permission.
            throw .unavailable("Amazon SNS cannot be asked.", retryAfter: 10, cause: "SNS: \(error.code)")
        }
        guard reply.status < 500 else {
            throw .unavailable("Amazon SNS cannot be asked.", retryAfter: 10, cause: "SNS: \(reply.status)")
        }
        return reply.status == 200 ? reply.body : nil
    }
}
