import FoundationEssentials
import Network
import TestKit
import Testing

/// Against `Tests/Servers/http_server.py`.
@Suite(.serialized) struct HTTPClientTests {
    struct Listening: Decodable {
        let port: Int
        let securePort: Int
        let certificate: String
    }

    struct Echo: Decodable {
        let method, path: String
        let body: [UInt8]
        let headers: [String: String]
    }

    private let server: ChildServer
    private let at: Listening
    private let client = HTTPClient()

    init() throws {
        server = try ChildServer("http_server.py")
        at = try JSONDecoder().decode(Listening.self, from: Data(server.readLine().utf8))
    }

    private func url(_ path: String) -> String { "http://127.0.0.1:\(at.port)\(path)" }

    private func failure(
        _ request: HTTPRequest, from client: HTTPClient, whileWaiting: @escaping () -> Bool = { true }
    ) -> NetworkError? {
        do throws(NetworkError) {
            _ = try client.send(request, whileWaiting: whileWaiting)
            return nil
        } catch {
            return error
        }
    }

    @Test(arguments: [
        (HTTPRequest.Method.get, []), (.post, Array("{}".utf8)), (.post, []), (.put, [0, 255, 10, 13]),
        (.patch, Array("é".utf8)), (.delete, []),
    ])
    func sendsWhatItIsGiven(method: HTTPRequest.Method, body: [UInt8]) throws {
        let request = HTTPRequest(
            method, url("/echo/a/../b?q=1%202"),
            headers: ["X-Name": "välue", "X-Empty": "", "Content-Type": "text/odd"], body: body)
        let reply = try client.send(request)
        let echo = try JSONDecoder().decode(Echo.self, from: Data(reply.body))
        #expect(reply.status == 200)
        #expect(echo.method == method.rawValue)
        #expect(echo.path == "/echo/a/../b?q=1%202")
        #expect(echo.body == body)
        #expect(echo.headers["x-empty"] == "")
        #expect(echo.headers["content-type"] == "text/odd")
        #expect(echo.headers["user-agent"] == "Parley")
        #expect(echo.headers["expect"] == nil)
    }

    @Test func addsNoContentTypeOfItsOwn() throws {
        let reply = try client.send(HTTPRequest(.post, url("/echo"), body: [1]))
        #expect(try JSONDecoder().decode(Echo.self, from: Data(reply.body)).headers["content-type"] == nil)
    }

    @Test func sendsLargeBodies() throws {
        let body = [UInt8](repeating: 7, count: 3_000_000)
        var request = HTTPRequest(.post, url("/echo"), body: body)
        request.replyLimit = 20_000_000
        let reply = try client.send(request)
        #expect(try JSONDecoder().decode(Echo.self, from: Data(reply.body)).body == body)
    }

    @Test func headHasNoBody() throws {
        let reply = try client.send(HTTPRequest(.head, url("/sized/50")))
        #expect(reply.status == 200)
        #expect(reply.headers["Content-Length"] == "50")
        #expect(reply.body.isEmpty)
    }

    @Test func readsHeaders() throws {
        let headers = try client.send(HTTPRequest(.get, url("/echo"))).headers
        #expect(headers["x-tWICE"] == "one")
        #expect(headers.filter { $0.name.lowercased() == "x-twice" }.map(\.value) == ["one", "two"])
        #expect(headers["X-Spaced"] == "in between")
        #expect(headers["X-Absent"] == nil)
    }

    @Test func passesOverEarlyHints() throws {
        let reply = try client.send(HTTPRequest(.get, url("/hints")))
        #expect(reply.status == 200)
        #expect(reply.headers["X-Late"] == "yes")
        #expect(reply.headers["X-Early"] == nil)
    }

    @Test(arguments: [404, 500, 503])
    func handsBackFailures(status: Int) throws {
        let reply = try client.send(HTTPRequest(.get, url("/status/\(status)")))
        #expect(reply.status == status)
        #expect(reply.headers["retry-after"] == "7")
        #expect(reply.body == Array("sorry".utf8))
    }

    @Test func followsNoRedirects() throws {
        let reply = try client.send(HTTPRequest(.get, url("/redirect")))
        #expect(reply.status == 302)
        #expect(reply.headers["Location"] == "/echo")
    }

    /// One connection serves them all, and nothing of one request is left in the next.
    @Test func reusesItsConnection() throws {
        _ = try client.send(HTTPRequest(.put, url("/echo"), headers: ["X-Once": "1"], body: [1]))
        let reply = try client.send(HTTPRequest(.get, url("/echo")))
        let echo = try JSONDecoder().decode(Echo.self, from: Data(reply.body))
        #expect(echo.method == "GET")
        #expect(echo.body.isEmpty)
        #expect(echo.headers["x-once"] == nil)
        let count = try client.send(HTTPRequest(.get, url("/connections"))).body
        #expect(String(decoding: count, as: UTF8.self) == "1")
    }

    @Test(arguments: [(100, true), (101, false)])
    func limitsReplies(size: Int, isAccepted: Bool) {
        var request = HTTPRequest(.get, url("/sized/\(size)"))
        request.replyLimit = 100
        #expect(failure(request, from: client)?.code == (isAccepted ? nil : .tooLarge))
    }

    @Test(arguments: ["/endless", "/headers"])
    func limitsRepliesOfUnknownLength(path: String) {
        let error = failure(HTTPRequest(.get, url(path)), from: client)
        #expect(error?.code == .tooLarge)
        #expect(error?.mayHaveBeenSent == true)
    }

    @Test(arguments: [
        ("/truncated", NetworkError.Code.connectionLost), ("/hangup", .connectionLost), ("/garbage", .protocolViolation),
    ])
    func tellsBrokenReplies(path: String, code: NetworkError.Code) {
        let error = failure(HTTPRequest(.post, url(path), body: [1]), from: client)
        #expect(error?.code == code)
        #expect(error?.mayHaveBeenSent == true)
        #expect(error?.detail.isEmpty == false)
    }

    @Test func givesUpOnSilence() {
        var request = HTTPRequest(.get, url("/silent"))
        request.timeout = .milliseconds(300)
        let error = failure(request, from: client)
        #expect(error?.code == .timedOut)
        #expect(error?.mayHaveBeenSent == true)
        #expect(error?.isPermanent == false)
    }

    @Test func asksWhetherToWaitOn() {
        var calls = 0
        let error = failure(HTTPRequest(.get, url("/silent")), from: client) {
            calls += 1
            return calls < 2
        }
        #expect(error?.code == .aborted)
        #expect(calls == 2)
    }

    @Test func tellsWhatWasNeverSent() {
        let nobody = failure(HTTPRequest(.post, "http://127.0.0.1:1/", body: [1]), from: client)
        #expect(nobody?.code == .couldNotConnect)
        #expect(nobody?.mayHaveBeenSent == false)
        let nowhere = failure(HTTPRequest(.get, "http://name.invalid/"), from: client)
        #expect(nowhere?.code == .couldNotResolve)
        #expect(nowhere?.mayHaveBeenSent == false)
    }

    @Test(arguments: [
        "file:///etc/hostname", "ftp://127.0.0.1/", "smtp://127.0.0.1/", "gopher://127.0.0.1/", "", "http://",
        "http://127.0.0.1/a b", "http://127.0.0.1/\r\nX: y", "http://127.0.0.1/é",
    ])
    func refusesURLs(url: String) {
        let error = failure(HTTPRequest(.get, url), from: client)
        #expect(error?.code == .invalidRequest)
        #expect(error?.mayHaveBeenSent == false)
        #expect(error?.isPermanent == true)
    }

    @Test func refusesCredentialsInURLs() {
        let error = failure(HTTPRequest(.get, "http://user:word@127.0.0.1:\(at.port)/echo"), from: client)
        #expect(error?.code == .invalidRequest)
    }

    @Test(arguments: [
        ("X-A", "b\r\nX-C: d"), ("X-A", "b\nc"), ("X-A", "b\0"), ("X-A\r\nX-B", "c"), ("X A", "b"), ("", "b"), ("X:", "b"),
    ])
    func refusesHeaders(name: String, value: String) {
        var request = HTTPRequest(.get, url("/echo"))
        request.headers.add(name, value)
        #expect(failure(request, from: client)?.code == .invalidRequest)
    }

    @Test func trustsOnlyKnownCertificates() throws {
        let request = HTTPRequest(.get, "https://127.0.0.1:\(at.securePort)/status/200")
        let error = failure(request, from: client)
        #expect(error?.code == .insecure)
        #expect(error?.mayHaveBeenSent == false)
        let trusting = HTTPClient(certificateAuthorities: at.certificate)
        #expect(try trusting.send(request).status == 200)
        let otherName = HTTPRequest(.get, "https://localhost:\(at.securePort)/status/200")
        #expect(failure(otherName, from: trusting)?.code == .insecure)
    }

    /// However the address is spelled, what it resolves to decides, and the server
    /// sees no connection.
    @Test(arguments: [
        "127.0.0.1", "localhost", "0x7f.1", "2130706433", "0177.0.0.1", "127.1", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0",
    ])
    func callsOnlyPublicAddressesForStrangers(host: String) throws {
        let careful = HTTPClient(reach: .publicAddresses)
        let error = failure(HTTPRequest(.post, "http://\(host):\(at.port)/echo", body: [1]), from: careful)
        #expect(error?.code == .refusedAddress)
        #expect(error?.mayHaveBeenSent == false)
        let connections = try client.send(HTTPRequest(.get, url("/connections"))).body
        #expect(String(decoding: connections, as: UTF8.self) == "1", "only the one that asks")
    }

    @Test(arguments: [("127.0.0.1", nil), ("localhost", nil), ("0.0.0.0", .refusedAddress), ("10.0.0.1", .refusedAddress)] as [(String, NetworkError.Code?)])
    func callsThisMachineWhereThatIsAllowed(host: String, refusal: NetworkError.Code?) {
        let testing = HTTPClient(reach: .publicAddressesAndLoopback)
        #expect(failure(HTTPRequest(.post, "http://\(host):\(at.port)/status/200"), from: testing)?.code == refusal)
    }
}
