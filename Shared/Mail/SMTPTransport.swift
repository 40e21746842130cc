public import Network

/// Hands messages to a mail server.
public struct SMTPTransport: MailTransport {
    private let client: SMTPClient

    /// - Parameter url: as `SMTPClient` takes it.
    public init(url: String) throws(NetworkError) { client = try SMTPClient(url: url) }

    public func send(_ message: MailMessage, key: String) throws(MailRefusal) -> String? {
        do {
            try client.send(message)
        } catch {
            let isAnswer = error.code == .refusedForGood || error.code == .refusedForNow
            throw MailRefusal(
                isAnswer ? "The mail server said: \(error.detail)" : "The mail server did not take it (\(error.code.rawValue)).",
                isPermanent: error.isPermanent)
        }
        return nil
    }
}

extension SMTPClient {
    /// Sends the message to those it is addressed to; see `send(_:from:to:)`.
    public func send(
        _ message: MailMessage, whileWaiting: @escaping () -> Bool = { true }
    ) throws(NetworkError) {
        try send(
            message.bytes, from: message.from.address, to: message.to.map(\.address),
            whileWaiting: whileWaiting)
    }
}
