import FoundationEssentials
import Network
import TestKit
import Testing

/// Against `Tests/Servers/smtp_server.py`.
@Suite(.serialized) struct SMTPClientTests {
    struct Listening: Decodable {
        let port: Int
        let securePort: Int
        let certificate: String
    }

    struct Taken: Decodable {
        let from: String
        let to: [String]
        let content: Data
        let login: String?
    }

    private let server: ChildServer
    private let at: Listening
    private let client: SMTPClient
    private let message = Array("Subject: hello\r\n\r\nHello.\r\n".utf8)

    init() throws {
        server = try ChildServer("smtp_server.py")
        at = try JSONDecoder().decode(Listening.self, from: Data(server.readLine().utf8))
        client = try SMTPClient(url: "smtp://127.0.0.1:\(at.port)")
    }

    private func taken() throws -> Taken {
        try JSONDecoder().decode(Taken.self, from: Data(server.readLine().utf8))
    }

    private func failure(
        _ message: [UInt8]? = nil, from sender: String = "parley@example.org",
        to recipients: [String] = ["someone@example.org"], through client: SMTPClient? = nil,
        timeout: Duration = .seconds(60)
    ) -> NetworkError? {
        do throws(NetworkError) {
            try (client ?? self.client).send(message ?? self.message, from: sender, to: recipients, timeout: timeout)
            return nil
        } catch {
            return error
        }
    }

    @Test func sends() throws {
        try client.send(message, from: "parley@example.org", to: ["a@example.org", "b@example.org"])
        let taken = try taken()
        #expect(taken.from == "parley@example.org")
        #expect(taken.to == ["a@example.org", "b@example.org"])
        #expect(Array(taken.content) == message)
        #expect(taken.login == nil)
    }

    /// Lines that begin with dots arrive as they were, and none ends the message.
    @Test func stuffsDots() throws {
        let message = Array("Subject: dots\r\n\r\n.\r\n..\r\n.a\r\nb.\r\n\r\n.\r\nend\r\n".utf8)
        try client.send(message, from: "parley@example.org", to: ["a@example.org"])
        #expect(Array(try taken().content) == message)
    }

    @Test func sendsLargeMessagesOneAfterAnother() throws {
        let line = Array((String(repeating: "x", count: 70) + "\r\n").utf8)
        let large = message + Array(repeatElement(line, count: 5000).joined())
        for message in [large, message] {
            try client.send(message, from: "parley@example.org", to: ["a@example.org"])
            #expect(Array(try taken().content) == message)
        }
    }

    @Test(arguments: [
        ("parley", "later", NetworkError.Code.refusedForNow, "451 4.7.1 come back later"),
        ("parley", "never", .refusedForGood, "550 5.1.1 no such mailbox"),
        ("later-data", "someone", .refusedForNow, "452 4.3.1 full"),
        ("never-data", "someone", .refusedForGood, "554 5.7.1 not wanted"),
    ])
    func tellsRefusalsApart(sender: String, recipient: String, code: NetworkError.Code, reply: String) {
        let error = failure(from: "\(sender)@example.org", to: ["\(recipient)@example.org"])
        #expect(error?.code == code)
        #expect(error?.detail == reply)
        #expect(error?.mayHaveBeenSent == false)
        #expect(error?.isPermanent == (code == .refusedForGood))
    }

    /// If one recipient is refused, none gets it.
    @Test func sendsToAllOrNone() throws {
        #expect(failure(to: ["a@example.org", "never@example.org"])?.code == .refusedForGood)
        try client.send(message, from: "next@example.org", to: ["b@example.org"])
        #expect(try taken().from == "next@example.org")
    }

    @Test func knowsWhenItCannotKnow() {
        let error = failure(from: "hangup@example.org")
        #expect(error?.code == .connectionLost)
        #expect(error?.mayHaveBeenSent == true)
    }

    @Test func givesUpOnSilence() {
        let error = failure(from: "silent@example.org", timeout: .milliseconds(500))
        #expect(error?.code == .timedOut)
        #expect(error?.mayHaveBeenSent == true)
    }

    @Test func tellsWhenNobodyAnswers() throws {
        let error = failure(through: try SMTPClient(url: "smtp://127.0.0.1:1"))
        #expect(error?.code == .couldNotConnect)
        #expect(error?.mayHaveBeenSent == false)
    }

    @Test func logsInOverTLS() throws {
        let secure = try SMTPClient(
            url: "smtp://user:p%40ss%20word@127.0.0.1:\(at.securePort)", certificateAuthorities: at.certificate)
        try secure.send(message, from: "parley@example.org", to: ["a@example.org"])
        #expect(try taken().login == "user")
    }

    @Test func tellsWrongCredentials() throws {
        let secure = try SMTPClient(
            url: "smtp://user:wrong@127.0.0.1:\(at.securePort)", certificateAuthorities: at.certificate)
        let error = failure(through: secure)
        #expect(error?.code == .loginRefused)
        #expect(error?.mayHaveBeenSent == false)
        #expect(error?.isPermanent == false)
    }

    /// Neither a server without STARTTLS nor one that is not trusted gets to see them.
    @Test func keepsCredentialsFromInsecureServers() throws {
        for port in [at.port, at.securePort] {
            let error = failure(through: try SMTPClient(url: "smtp://user:p%40ss%20word@127.0.0.1:\(port)"))
            #expect(error?.code == .insecure)
        }
    }

    @Test(arguments: [
        "a@example.org>\r\nRCPT TO:<b@example.org", "a@example.org\n", "a b@example.org", "<a@example.org>", "nobody", "",
        "é@example.org", String(repeating: "a", count: 250) + "@b.cd",
    ])
    func refusesEnvelopes(address: String) {
        #expect(failure(from: address)?.code == .invalidRequest)
        #expect(failure(to: ["a@example.org", address])?.code == .invalidRequest)
    }

    @Test func needsRecipients() {
        #expect(failure(to: [])?.code == .invalidRequest)
    }

    @Test(arguments: ["a\nb\r\n", "a\rb\r\n", "a\r\n.\nb\r\n", "a\r", "a\r\r\n", "\n"])
    func refusesLoneLineEnds(message: String) {
        #expect(failure(Array(message.utf8))?.code == .invalidRequest)
    }

    @Test(arguments: ["", "http://127.0.0.1", "127.0.0.1", "smtp://127.0.0.1/\r\n", "smtp://ho st"])
    func refusesURLs(url: String) {
        #expect(throws: NetworkError.self) { try SMTPClient(url: url) }
    }
}
