import Validation

@testable import Endpoint

/// Someone with the cookie `key`.
struct Guest { let name: String }

extension Access where Caller == Guest {
    static var guest: Self {
        Access("guest", credential: .cookie, failures: [.authRequired, .invalidToken]) { _ throws(Failure) in
            Gate(
                identify: { request throws(Failure) in
                    guard let name = request.cookie("key") else {
                        throw Failure(.authRequired, "Please sign in first.")
                    }
                    return Guest(name: name)
                },
                confirm: { guest throws(Failure) in
                    guard guest.name != "stranger" else { throw .invalidToken("Nobody knows you.") }
                },
                impersonate: { name, request throws(Failure) in request.variables["HTTP_COOKIE"] = "key=\(name)" },
                keep: { guest, request, key, work throws(Failure) in
                    if key.text == "used" { throw Failure(.keyReused, "Used.") }
                    if key.text == "again" { return Array("Status: 201\r\nSet-Cookie: seen=1\r\n\r\nas before".utf8) }
                    let answer = try work()
                    guard key.text != "lost" else { throw .unavailable("Not kept.", cause: "lost") }
                    return answer.isEmpty ? [] : nil
                })
        }
    }
}

/// Greets a guest: a route with everything a route can have.
struct Greeting: Endpoint {
    static let route = Route.post("/api/rooms/{room}/greetings")
    static let access = Access.guest
    static let summary = "Greet a guest"
    static let success = Success.created
    static let failures: [Failure.Code] = [.conflict]
    static let limits = Limits(body: 1000, workers: 2)

    struct Input: Decodable {
        let room: Whole<1, 99>
        let greeting: Text<1, 20>
        let times: Whole<1, 3>?
    }

    struct Greeted: Codable {
        let text: String
        let note: String?
    }

    init(_ environment: Environment) throws(Failure) {
        if environment["BROKEN"] != nil { throw .unavailable("Not now.", retryAfter: 7, cause: "broken") }
    }

    func handle(_ input: Input, from caller: Guest) throws(Failure) -> Sent<Greeted> {
        switch input.greeting.value {
        case "conflict": throw .conflict("Taken.")
        case "busy": throw .unavailable("Busy.", retryAfter: 3, cause: "secret cause")
        case "broken": throw .internal("secret cause")
        default:
            let text = "\(input.greeting.value) \(caller.name) in \(input.room.value)"
            let greeted = Greeted(
                text: Array(repeating: text, count: input.times?.value ?? 1).joined(separator: ", "), note: nil)
            return Sent(greeted, headers: [Header("Set-Cookie", "seen=1")])
        }
    }
}

/// A page that anyone may read and that has nothing to say.
struct Silence: Endpoint {
    static let route = Route.get("/api/silence")
    static let access = Access.anyone
    static let summary = "Say nothing"
    static let success = Success.noContent

    struct Input: Decodable { let page: Whole<1, 9>? }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Anyone) throws(Failure) -> Nothing { Nothing() }
}

/// A webhook, whose values are the event's data.
struct Webhook: Endpoint {
    static let route = Route.post("/api/webhook")
    static let summary = "Receive an event"
    static let access = Access<Anyone>("service", credential: .signature, topics: ["greeting.sent"], failures: []) {
        _ throws(Failure) in
        Gate(
            identify: { request throws(Failure) in Anyone(address: request.address) },
            confirm: { _ throws(Failure) in },
            impersonate: { _, _ throws(Failure) in })
    }

    struct Input: Decodable { let name: Text<1, 9> }
    struct Output: Codable { let name: String }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Anyone) throws(Failure) -> Output { Output(name: input.name.value) }
}
