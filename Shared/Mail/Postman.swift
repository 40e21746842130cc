public import Endpoint
public import FoundationEssentials
import Network
public import Validation

/// Hands messages on in the name of `PARLEY_MAIL_FROM`: to Resend where `PARLEY_RESEND_KEY` is set
/// (at `PARLEY_RESEND_URL`, its own address unless stated), else to the mail server of `PARLEY_SMTP`. What that one cannot
/// deliver comes back to addresses made from `PARLEY_BOUNCE_ADDRESS`, where it is set.
public struct Postman {
    private let transport: any MailTransport
    private let address: String

    public init(_ environment: Environment) throws(Failure) {
        address = try environment.required("PARLEY_MAIL_FROM")
        if let key = environment["PARLEY_RESEND_KEY"] {
            transport = ResendTransport(url: environment["PARLEY_RESEND_URL"] ?? "https://api.resend.com", key: key)
        } else {
            let url = try environment.required("PARLEY_SMTP")
            let returnAddress = try ReturnAddress(environment)
            do { transport = try SMTPTransport(url: url, returnAddress: returnAddress) } catch {
                throw .unavailable("The service is not configured.", cause: "PARLEY_SMTP: \(error.code.rawValue)")
            }
        }
    }

    /// Whom messages on an organisation's behalf come from.
    public func sender(for organization: String) throws(MailError) -> Mailbox {
        try Mailbox(address, name: "\(organization) via Parley")
    }

    /// The Message-ID of whatever is sent under `key`.
    public func messageID(for key: String) -> String {
        "\(key)@\(address.split(separator: "@").last ?? "localhost")"
    }

    /// Sends a message; see ``MailTransport``.
    public func send(_ message: MailMessage, key: String) throws(MailRefusal) -> String? {
        try transport.send(message, key: key)
    }

    /// Writes a letter that nobody keeps account of, and sends it.
    /// - Throws: `UNAVAILABLE` when another attempt may succeed, `CONFLICT` when none will.
    public func deliver(
        _ letter: some Letter, to address: String, name: String, for organization: String, key: String
    ) throws(Failure) {
        let message: MailMessage
        do {
            message = try letter.message(
                from: sender(for: organization), to: Mailbox(address, name: name), messageID: messageID(for: key),
                date: Date(Timestamp.now))
        } catch {
            throw Failure(.conflict, "The message cannot be written.", cause: "mail: \(error)")
        }
        do { _ = try send(message, key: key) } catch {
            // The words may hold addresses and stay out of the log.
            if error.isPermanent { throw Failure(.conflict, "The message was refused.", cause: "mail refused") }
            throw .unavailable(
                "The mail was not taken. It will be tried again.", retryAfter: error.retryAfter ?? 10, cause: "mail refused for now")
        }
    }
}

extension Date {
    public init(_ timestamp: Timestamp) { self.init(timeIntervalSince1970: Double(timestamp.microseconds) / 1_000_000) }
}
