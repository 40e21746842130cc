import Crypto
import FoundationEssentials
import Testing

@Suite struct StandardWebhookTests {
    struct Vectors: Decodable {
        let cases: [Case]

        struct Case: Decodable, Sendable, CustomTestStringConvertible {
            let name, secret, id, body, signature: String
            let timestamp: Int
            var testDescription: String { name }
            var headers: StandardWebhook.Headers {
                StandardWebhook.Headers(id: id, timestamp: String(timestamp), signature: signature)
            }
        }
    }

    static let cases: [Vectors.Case] = {
        let url = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../Fixtures/StandardWebhook/vectors.json")
        return try! JSONDecoder().decode(Vectors.self, from: Data(contentsOf: url)).cases
    }()

    private static let oldKey = [UInt8](1...32), newKey = [UInt8](101...132)
    private let body = Array(#"{"type":"response.stored"}"#.utf8)
    private let now = 1_795_251_600

    @Test(arguments: cases)
    func agreesWithTheReference(vector: Vectors.Case) throws {
        let webhook = try StandardWebhook(secrets: [vector.secret])
        let body = Array(vector.body.utf8)
        #expect(try webhook.sign(id: vector.id, timestamp: vector.timestamp, body: body) == vector.headers)
        try webhook.verify(vector.headers, body: body, now: vector.timestamp)
    }

    @Test(arguments: cases)
    func refusesAnyChange(vector: Vectors.Case) throws {
        let webhook = try StandardWebhook(secrets: [vector.secret])
        let body = Array(vector.body.utf8)
        let later = StandardWebhook.Headers(
            id: vector.id, timestamp: String(vector.timestamp + 1), signature: vector.signature)
        let other = StandardWebhook.Headers(
            id: vector.id + "x", timestamp: String(vector.timestamp), signature: vector.signature)
        let otherKey = try StandardWebhook(keys: [Self.oldKey])
        let attempts = [
            (webhook, vector.headers, body + [0x20]), (webhook, later, body), (webhook, other, body),
            (otherKey, vector.headers, body),
        ]
        for (webhook, headers, body) in attempts {
            #expect(throws: StandardWebhook.Failure.forged) {
                try webhook.verify(headers, body: body, now: vector.timestamp)
            }
        }
    }

    @Test(arguments: [(0, true), (300, true), (-300, true), (301, false), (-301, false)])
    func toleratesFiveMinutes(delay: Int, isAccepted: Bool) throws {
        let webhook = try StandardWebhook(keys: [Self.oldKey])
        let headers = try webhook.sign(id: "evt", timestamp: now, body: body)
        if isAccepted {
            try webhook.verify(headers, body: body, now: now + delay)
        } else {
            #expect(throws: StandardWebhook.Failure.expired) {
                try webhook.verify(headers, body: body, now: now + delay)
            }
        }
    }

    @Test func rotatesKeys() throws {
        let old = try StandardWebhook(keys: [Self.oldKey])
        let new = try StandardWebhook(keys: [Self.newKey])
        let both = try StandardWebhook(keys: [Self.newKey, Self.oldKey])
        let headers = try both.sign(id: "evt", timestamp: now, body: body)
        try old.verify(headers, body: body, now: now)
        try new.verify(headers, body: body, now: now)
        try both.verify(old.sign(id: "evt", timestamp: now, body: body), body: body, now: now)
        #expect(throws: StandardWebhook.Failure.forged) {
            try new.verify(old.sign(id: "evt", timestamp: now, body: body), body: body, now: now)
        }
    }

    @Test func passesOverOtherVersions() throws {
        let webhook = try StandardWebhook(keys: [Self.oldKey])
        let headers = try webhook.sign(id: "evt", timestamp: now, body: body)
        let mixed = StandardWebhook.Headers(
            id: "evt", timestamp: headers.timestamp, signature: "v1a,?? " + headers.signature)
        try webhook.verify(mixed, body: body, now: now)
        let foreign = StandardWebhook.Headers(
            id: "evt", timestamp: headers.timestamp,
            signature: "v2," + headers.signature.dropFirst(3))
        #expect(throws: StandardWebhook.Failure.forged) { try webhook.verify(foreign, body: body, now: now) }
    }

    @Test(arguments: [
        ("", "1795251600", "v1,AAAA"), ("a.b", "1795251600", "v1,AAAA"), ("a b", "1795251600", "v1,AAAA"),
        ("a\n", "1795251600", "v1,AAAA"), (String(repeating: "a", count: 257), "1795251600", "v1,AAAA"),
        ("evt", "", "v1,AAAA"), ("evt", "soon", "v1,AAAA"), ("evt", "-1", "v1,AAAA"), ("evt", "1.5", "v1,AAAA"),
        ("evt", "+1795251600", "v1,AAAA"), ("evt", "9999999999999999999999", "v1,AAAA"),
        ("evt", "1795251600", ""), ("evt", "1795251600", "AAAA"), ("evt", "1795251600", "v1,?"),
        ("evt", "1795251600", String(repeating: "v1,AAAA ", count: 17)),
    ])
    func refusesMalformedHeaders(id: String, timestamp: String, signature: String) throws {
        let webhook = try StandardWebhook(keys: [Self.oldKey])
        let headers = StandardWebhook.Headers(id: id, timestamp: timestamp, signature: signature)
        expectMalformed { () throws(StandardWebhook.Failure) in try webhook.verify(headers, body: body, now: now) }
    }

    @Test(arguments: ["", "whsec_", "whsec_AAAA", "whsec_?", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"])
    func refusesMalformedSecrets(secret: String) {
        expectMalformed { () throws(StandardWebhook.Failure) in _ = try StandardWebhook(secrets: [secret]) }
    }

    @Test func needsAKey() {
        expectMalformed { () throws(StandardWebhook.Failure) in _ = try StandardWebhook(keys: []) }
        expectMalformed { () throws(StandardWebhook.Failure) in _ = try StandardWebhook(keys: [[UInt8](1...65)]) }
    }

    @Test func writesSecrets() throws {
        let secret = StandardWebhook.secret(of: Self.oldKey)
        let headers = try StandardWebhook(secrets: [secret]).sign(id: "evt", timestamp: now, body: body)
        try StandardWebhook(keys: [Self.oldKey]).verify(headers, body: body, now: now)
    }

    private func expectMalformed(
        _ attempt: () throws(StandardWebhook.Failure) -> Void, location: SourceLocation = #_sourceLocation
    ) {
        do throws(StandardWebhook.Failure) {
            try attempt()
            Issue.record("accepted", sourceLocation: location)
        } catch {
            guard case .malformed = error else {
                Issue.record("\(error)", sourceLocation: location)
                return
            }
        }
    }
}
