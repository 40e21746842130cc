import FoundationEssentials
import Glibc
import Network
import TestKit
import Testing

/// Against `Tests/Servers/http_server.py`.
@Suite(.serialized, .timeLimit(.minutes(2))) struct ParallelHTTPClientTests {
    private let server: ChildServer
    private let port: Int
    private let client = ParallelHTTPClient()

    init() throws {
        server = try ChildServer("http_server.py")
        port = try JSONDecoder().decode(HTTPClientTests.Listening.self, from: Data(server.readLine().utf8)).port
    }

    private func begin(_ path: String, number: Int, body: String = "") throws {
        try client.begin(HTTPRequest(.post, "http://127.0.0.1:\(port)\(path)", body: Array(body.utf8)), number: number)
    }

    /// Waits until so many requests have ended: their numbers, and what came of each.
    private func endings(_ count: Int) -> [Int: Result<HTTPReply, NetworkError>] {
        var found: [Int: Result<HTTPReply, NetworkError>] = [:]
        while found.count < count {
            for ending in client.wait(for: nil, milliseconds: 1000) { found[ending.number] = ending.reply }
        }
        return found
    }

    @Test func manyAreUnderWayAtOnce() throws {
        for number in 1...5 { try begin("/meet/5", number: number) }
        let found = endings(5)
        #expect(found.keys.sorted() == [1, 2, 3, 4, 5])
        #expect(try found.values.allSatisfy { try $0.get().body == Array("5".utf8) })
    }

    @Test func eachGetsItsOwnEnding() throws {
        try begin("/echo", number: 7, body: "seven")
        try begin("/hangup", number: 8)
        try begin("/status/503", number: 9)
        let found = endings(3)
        let echo = try JSONDecoder().decode(HTTPClientTests.Echo.self, from: Data(try #require(found[7]).get().body))
        #expect(echo.method == "POST" && echo.body == Array("seven".utf8))
        #expect(throws: NetworkError.self) { try found[8]?.get() }
        #expect(try found[9]?.get().status == 503)
        #expect(try found[9]?.get().headers["retry-after"] == "7")
    }

    @Test func connectionsAreKept() throws {
        var answers: Set<[UInt8]> = []
        for number in 1...3 {
            try begin("/connections", number: number)
            for reply in endings(1).values { answers.insert(try reply.get().body) }
        }
        #expect(answers == [Array("1".utf8)])
    }

    @Test func nothingIsHeardOfWhatWasGivenUp() throws {
        try begin("/silent", number: 1)
        #expect(client.wait(for: nil, milliseconds: 100).isEmpty)
        client.cancel(1)
        try begin("/echo", number: 2)
        #expect(endings(1).keys.sorted() == [2])
    }

    @Test func wakesForADescriptor() throws {
        var ends: [Int32] = [0, 0]
        #expect(unsafe pipe(&ends) == 0)
        defer { for end in ends { close(end) } }
        #expect(unsafe write(ends[1], "x", 1) == 1)
        try begin("/silent", number: 1)
        // Else the suite's time is over first.
        #expect(client.wait(for: ends[0], milliseconds: 600_000).isEmpty)
    }

    @Test func refusesWhatMayNotBeSent() {
        #expect(throws: NetworkError.self) { try begin("/with space", number: 1) }
    }
}
