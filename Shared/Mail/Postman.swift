public import Endpoint
public import FoundationEssentials
import Network
public import Validation

/// Hands messages to the mail server of `PARLEY_SMTP`, in the name of `PARLEY_MAIL_FROM`.
public final class Postman {
    private let server: String
    private let from: String

    public init(_ environment: Environment) throws(Failure) {
        server = try environment.required("PARLEY_SMTP")
        from = try environment.required("PARLEY_MAIL_FROM")
    }

    /// Writes a message and sends it.
    ///
    /// - Parameter id: the same for every attempt to send the same message; receivers drop repetitions by it.
    /// - Throws: `UNAVAILABLE` when another attempt may succeed, `CONFLICT` when none will.
    public func send(
        id: String, to address: String, name: String,
        _ write: (_ from: Mailbox, _ to: Mailbox, _ messageID: String, _ date: Date) throws(MailError) -> MailMessage
    ) throws(Failure) {
        let message: MailMessage
        do {
            let sender = try Mailbox(from, name: "Parley")
            let domain = from.split(separator: "@").last.map(String.init) ?? "localhost"
            message = try write(sender, try Mailbox(address, name: name), "\(id)@\(domain)", Date(Timestamp.now))
        } catch {
            throw Failure(.conflict, "The message cannot be written.", cause: "mail: \(error)")
        }
        do {
            try SMTPClient(url: server).send(message)
        } catch {
            if error.isPermanent { throw Failure(.conflict, "The mail server refused the message.", cause: error.code.rawValue) }
            throw .unavailable("The mail server did not take the message.", retryAfter: 10, cause: error.code.rawValue)
        }
    }
}

extension Date {
    public init(_ timestamp: Timestamp) { self.init(timeIntervalSince1970: Double(timestamp.microseconds) / 1_000_000) }
}
