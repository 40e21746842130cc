/// A way to hand messages on: to a mail server, or to a service that sends mail.
public protocol MailTransport {
    /// Returns once somebody else has taken responsibility for the message.
    ///
    /// - Parameter key: the same for every attempt to send the same message.
    /// - Returns: the id that later reports of the message go by, if there will be any.
    func send(_ message: MailMessage, key: String) throws(MailRefusal) -> String?
}

/// Why a message was not taken.
public struct MailRefusal: Error, Equatable {
    /// In the words of whoever refused it, on one line.
    public let reason: String
    /// Whether another attempt at the same message must fail in the same way.
    public let isPermanent: Bool
    /// In how many seconds another attempt may succeed, where that was said.
    public let retryAfter: Int?

    init(_ reason: String, isPermanent: Bool, retryAfter: Int? = nil) {
        let line = String(reason.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : Character($0) })
        self.reason = String(line.prefix(500))
        self.isPermanent = isPermanent
        self.retryAfter = retryAfter
    }
}
