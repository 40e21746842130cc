import FoundationEssentials
import TestKit
import Testing

@testable import Mail

/// How `Tests/Servers/resend_server.py`, which speaks Resend's API, takes our messages.
@Suite(.serialized) struct ResendTransportTests {
    struct Listening: Decodable {
        let port: Int
        let key: String
    }

    struct Taken: Decodable {
        let id: String
        let key: String
        let mail: Sent

        struct Sent: Decodable {
            let from: String
            let to: [String]
            let subject: String
            let text: String
            let html: String
            let reply_to: String
            let headers: [String: String]
        }
    }

    private let server: ChildServer
    private let url: String
    private let transport: ResendTransport

    init() throws {
        server = try ChildServer("resend_server.py")
        let listening = try JSONDecoder().decode(Listening.self, from: Data(server.readLine().utf8))
        url = "http://127.0.0.1:\(listening.port)"
        transport = ResendTransport(url: url, key: listening.key)
    }

    private func message(to address: String, name: String = "Zoë \"Z\" \\ 面接") throws(MailError) -> MailMessage {
        try MailMessage(
            from: Mailbox("parley@example.org", name: "Care & Co via Parley"), to: [Mailbox(address, name: name)],
            replyTo: Mailbox("recruiter@example.org"), follows: "1@parley.example", subject: "Größe 👩🏽‍💻", text: "Hi.\n\"Bye\"",
            html: "<p>Hi.</p>", messageID: "2@parley.example", date: Date(timeIntervalSince1970: 0))
    }

    @Test func handsOn() throws {
        let id = try transport.send(try message(to: "zoe@example.org"), key: "one")
        let taken = try JSONDecoder().decode(Taken.self, from: Data(server.readLine().utf8))
        #expect(taken.id == id && taken.key == "one")
        #expect(taken.mail.from == "\"Care & Co via Parley\" <parley@example.org>")
        #expect(taken.mail.to == [#""Zoë \"Z\" \\ 面接" <zoe@example.org>"#])
        #expect(taken.mail.reply_to == "recruiter@example.org")
        #expect(taken.mail.subject == "Größe 👩🏽‍💻" && taken.mail.text == "Hi.\n\"Bye\"" && taken.mail.html == "<p>Hi.</p>")
        #expect(taken.mail.headers["Auto-Submitted"] == "auto-generated" && taken.mail.headers["References"] == "<1@parley.example>")
        // The same again is the same message; another under its key is refused.
        #expect(try transport.send(try message(to: "zoe@example.org"), key: "one") == id)
        #expect(throws: MailRefusal(
            "The mail service said: invalid_idempotent_request: Same idempotency key used with a different request payload.",
            isPermanent: true)
        ) { try transport.send(try message(to: "other@example.org"), key: "one") }
    }

    @Test func isRefused() throws {
        func refusal(_ address: String) -> MailRefusal? {
            do {
                _ = try transport.send(try message(to: address), key: address)
                return nil
            } catch {
                return error as? MailRefusal
            }
        }
        #expect(refusal("invalid@example.org") == MailRefusal("The mail service said: validation_error: Invalid `to` field.", isPermanent: true))
        #expect(refusal("limited@example.org") == MailRefusal(
            "The mail service said: rate_limit_exceeded: Too many requests.", isPermanent: false, retryAfter: 7))
        #expect(refusal("broken@example.org") == MailRefusal(
            "The mail service said: application_error: An unexpected error occurred.", isPermanent: false))
        #expect(refusal("limited@example.org") == nil && refusal("broken@example.org") == nil)
    }

    @Test func waitsForTheOperator() throws {
        #expect(throws: MailRefusal("The mail service said: invalid_api_key: API key is invalid", isPermanent: false)) {
            try ResendTransport(url: url, key: "re_wrong").send(try message(to: "zoe@example.org"), key: "two")
        }
        #expect(throws: MailRefusal("The mail service said: not_found: The requested endpoint does not exist.", isPermanent: false)) {
            try ResendTransport(url: url + "/v1", key: "re_the_key_of_the_tests").send(try message(to: "zoe@example.org"), key: "two")
        }
        #expect(throws: MailRefusal("The mail service did not answer (couldNotConnect).", isPermanent: false)) {
            try ResendTransport(url: "http://127.0.0.1:9", key: "re").send(try message(to: "zoe@example.org"), key: "two")
        }
    }

    @Test func reasonsAreOneLine() {
        let reason = MailRefusal("a\r\nb\u{7f}" + String(repeating: "x", count: 600), isPermanent: true).reason
        #expect(reason.hasPrefix("a  b ") && reason.count == 500)
    }
}
