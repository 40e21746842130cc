public import Network

/// Hands messages to a mail server.
public struct SMTPTransport: MailTransport {
    private let client: SMTPClient
    private let returnAddress: ReturnAddress?

    /// - Parameters:
    ///   - url: as `SMTPClient` takes it.
    ///   - returnAddress: where what cannot be delivered goes; nil for whoever the message is from.
    public init(url: String, returnAddress: ReturnAddress? = nil) throws(NetworkError) {
        client = try SMTPClient(url: url)
        self.returnAddress = returnAddress
    }

    public func send(_ message: MailMessage, key: String) throws(MailRefusal) -> String? {
        do {
            let sender = returnAddress?.address(for: key) ?? message.from.address
            try client.send(message.bytes, from: sender, to: message.to.map(\.address), whileWaiting: { true })
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
