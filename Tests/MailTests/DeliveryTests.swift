import FoundationEssentials
import Mail
import Network
import TestKit
import Testing

/// What a mail library that is not ours reads out of our messages, after
/// `Tests/Servers/smtp_server.py` has taken them.
@Suite(.serialized) struct DeliveryTests {
    struct Listening: Decodable {
        let port: Int
    }

    struct Taken: Decodable {
        let from: String
        let to: [String]
        let parsed: Parsed

        struct Parsed: Decodable {
            let headers: [String: String]
            let type: String
            let addresses: [String: [[String]]]
            let parts: [[String]]
            let defects: [String]
        }
    }

    private let server: ChildServer
    private let client: SMTPClient

    init() throws {
        server = try ChildServer("smtp_server.py")
        let port = try JSONDecoder().decode(Listening.self, from: Data(server.readLine().utf8)).port
        client = try SMTPClient(url: "smtp://127.0.0.1:\(port)")
    }

    @Test(arguments: [
        "Plain", "Ångström, Zoë (née \"O'Hara\")", "面接官 " + String(repeating: "漢字", count: 40),
        "👩🏽‍💻 emoji", String(repeating: "long ", count: 40) + "name", "=?UTF-8?Q?fake?=", "two  spaces, <a@b.c>; _=?",
        "Robert'); -- \\ \"", String(repeating: "unbroken", count: 100),
    ])
    func arrivesAsWritten(words: String) throws {
        let text = ".\n\(words)\n..dots\n\n--=_parley--\n trailing \t\n\nFrom \(words) = end"
        let html: HTML = "<p>\(words)</p>\n.\n"
        let message = try MailMessage(
            from: Mailbox("parley@example.org", name: words),
            to: [Mailbox("a@example.org", name: words), Mailbox("b@example.org")],
            replyTo: Mailbox("c@example.org", name: words), subject: words, text: text, html: html,
            messageID: "0193e4a0-0000-7000-8000-000000000001@parley.example", date: Date(timeIntervalSince1970: 1_795_251_907))
        try client.send(message)

        let taken = try JSONDecoder().decode(Taken.self, from: Data(server.readLine().utf8))
        #expect(taken.from == "parley@example.org")
        #expect(taken.to == ["a@example.org", "b@example.org"])
        let parsed = taken.parsed
        #expect(parsed.defects == [])
        #expect(parsed.type == "multipart/alternative")
        #expect(parsed.headers["subject"] == words)
        #expect(parsed.headers["date"] == "Sat, 21 Nov 2026 09:05:07 +0000")
        #expect(parsed.headers["message-id"] == "<0193e4a0-0000-7000-8000-000000000001@parley.example>")
        #expect(parsed.headers["auto-submitted"] == "auto-generated")
        #expect(parsed.addresses["from"] == [[words, "parley@example.org"]])
        #expect(parsed.addresses["to"] == [[words, "a@example.org"], ["", "b@example.org"]])
        #expect(parsed.addresses["reply-to"] == [[words, "c@example.org"]])
        #expect(parsed.parts == [["text/plain", text], ["text/html", html.source]])
    }

    @Test func invitationsArrive() throws {
        let message = try Invitation(
            candidateName: "Zoë", jobTitle: "Développeur·se", organization: "面接 & Co", questionCount: 3,
            timeLimitSeconds: 120, deadlineAt: Date(timeIntervalSince1970: 1_795_251_907),
            candidateURL: "https://parley.example/interview/abc?a=1&b=2", contactEmail: "recruiter@example.org"
        ).message(
            from: Mailbox("parley@example.org", name: "Parley"), to: Mailbox("zoe@example.org", name: "Zoë"),
            messageID: "1@parley.example", date: Date(timeIntervalSince1970: 1_795_251_000))
        try client.send(message)

        let parsed = try JSONDecoder().decode(Taken.self, from: Data(server.readLine().utf8)).parsed
        #expect(parsed.defects == [])
        #expect(parsed.headers["subject"] == "Your video interview for Développeur·se at 面接 & Co")
        #expect(parsed.addresses["reply-to"] == [["", "recruiter@example.org"]])
        #expect(parsed.parts == [["text/plain", message.text], ["text/html", message.html.source]])
    }
}
