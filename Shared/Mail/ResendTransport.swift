import JSON
import Network

/// Hands messages to Resend, or to whoever speaks its HTTP API.
/// Format: https://resend.com/docs/api-reference/emails/send-email
public final class ResendTransport: MailTransport {
    /// The tag that carries our key; reports of a message bring it back.
    public static let tag = "parley_mail"

    private let client = HTTPClient()
    private let url: String
    private let key: String

    /// - Parameters:
    ///   - url: without a slash at the end; Resend's own is `https://api.resend.com`.
    ///   - key: what Resend gives to a sender, `re_…`.
    public init(url: String, key: String) {
        self.url = url
        self.key = key
    }

    /// - Parameter key: Resend takes a second message with the same key within a day for the same one.
    public func send(_ message: MailMessage, key: String) throws(MailRefusal) -> String? {
        let request = HTTPRequest(
            .post, "\(url)/emails",
            headers: [
                "Authorization": "Bearer \(self.key)", "Content-Type": "application/json", "Idempotency-Key": key,
            ],
            body: Array(body(message, key: key).description.utf8))
        let reply: HTTPReply
        do {
            reply = try client.send(request)
        } catch {
            throw MailRefusal("The mail service did not answer (\(error.code.rawValue)).", isPermanent: error.isPermanent)
        }
        let answer = try? JSON(parsing: reply.body)
        guard (200..<300).contains(reply.status) else {
            throw refusal(reply.status, answer, retryAfter: reply.headers["Retry-After"].flatMap(Int.init))
        }
        return answer?["id"]?.text
    }

    private func body(_ message: MailMessage, key: String) -> JSON {
        var members = [
            JSON.Member("from", .string(message.from.quoted)),
            JSON.Member("to", .array(message.to.map { .string($0.quoted) })),
            JSON.Member("subject", .string(message.subject)),
            JSON.Member("text", .string(message.text)),
            JSON.Member("html", .string(message.html.source)),
            JSON.Member("headers", .object(message.extraHeaders.map { JSON.Member($0.name, .string($0.value)) })),
            JSON.Member("tags", [["name": .string(Self.tag), "value": .string(key)]]),
        ]
        if let replyTo = message.replyTo { members.append(JSON.Member("reply_to", .string(replyTo.quoted))) }
        if let attachment = message.attachment {
            members.append(JSON.Member("attachments", [[
                "filename": .string(attachment.name), "content": .string(attachment.base64),
                "content_type": .string(attachment.type),
            ]]))
        }
        return .object(members)
    }

    /// What is wrong with the message stays wrong. A refused key, an unverified domain and a used-up
    /// quota are for the operator to put right, and the message waits for that.
    /// Codes: https://resend.com/docs/api-reference/errors
    private func refusal(_ status: Int, _ answer: JSON?, retryAfter: Int?) -> MailRefusal {
        let name = answer?["name"]?.text
        let isPermanent = [400, 413, 422].contains(status) || name == "invalid_idempotent_request"
        let words = [name, answer?["message"]?.text].compactMap { $0 }.joined(separator: ": ")
        return MailRefusal(
            "The mail service said: \(words.isEmpty ? "status \(status)" : words)", isPermanent: isPermanent,
            retryAfter: retryAfter)
    }
}
