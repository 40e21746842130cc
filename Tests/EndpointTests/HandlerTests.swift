import JSON
import Testing
import Validation

@testable import Endpoint

@Suite struct HandlerTests {
    private func reply<E: Endpoint>(
        _ type: E.Type, _ method: String, _ path: String, query: String = "", body: String = "",
        _ variables: [String: String] = [:]
    ) throws -> Reply {
        var all = ["REQUEST_METHOD": method, "DOCUMENT_URI": path, "QUERY_STRING": query, "REQUEST_ID": "r1"]
        if !body.isEmpty { all["CONTENT_TYPE"] = "application/json" }
        all.merge(variables) { _, new in new }
        return try Handler<E>(Environment([:])).reply(to: Request(variables: all, body: Array(body.utf8)))
    }

    private func greet(
        _ body: String, path: String = "/api/rooms/7/greetings", query: String = "",
        _ variables: [String: String] = ["HTTP_COOKIE": "key=Ada"]
    ) throws -> Reply { try reply(Greeting.self, "POST", path, query: query, body: body, variables) }

    private func header(_ name: String, of reply: Reply) -> String? { reply.headers.first { $0.name == name }?.value }

    private func expectProblem(_ reply: Reply, _ status: Int, _ code: String, _ detail: String) throws {
        let body = try JSON(parsing: reply.body)
        #expect(reply.status == status)
        #expect(body["status"] == .integer(status))
        #expect(body["code"]?.text == code)
        #expect(body["detail"]?.text == detail)
        #expect(body["type"] == "about:blank")
        #expect(body["requestId"] == "r1")
        #expect((body["errors"] != nil) == (code == "VALIDATION_FAILED"))
        #expect(header("Content-Type", of: reply) == "application/problem+json")
        #expect(header("Cache-Control", of: reply) == "no-store")
    }

    @Test func answersWithStatusHeadersAndBody() throws {
        let reply = try greet(#"{"greeting":"Hello","times":2}"#)
        #expect(reply.status == 201)
        #expect(
            String(decoding: reply.body, as: UTF8.self) == #"{"text":"Hello Ada in 7, Hello Ada in 7","note":null}"#)
        #expect(header("Content-Type", of: reply) == "application/json")
        #expect(header("Set-Cookie", of: reply) == "seen=1")
        #expect(header("X-Request-Id", of: reply) == "r1")
        #expect(header("traceparent", of: reply)?.count == 55)
        #expect(String(decoding: reply.bytes.prefix(13), as: UTF8.self) == "Status: 201\r\n")
    }

    private func greet(key: String, _ body: String = #"{"greeting":"Hello"}"#) throws -> Reply {
        try greet(body, ["HTTP_COOKIE": "key=Ada", "HTTP_IDEMPOTENCY_KEY": key])
    }

    @Test(arguments: ["new", "\"new\"", String(repeating: "x", count: 255)])
    func aNewKeyIsNoDifference(key: String) throws {
        let reply = try greet(key: key)
        #expect(String(decoding: reply.body, as: UTF8.self) == #"{"text":"Hello Ada in 7","note":null}"#)
        #expect(header("Idempotency-Replayed", of: reply) == nil)
    }

    @Test(arguments: ["again", "\"again\""])
    func aKeyThatIsKnownGetsTheAnswerThatWasKept(key: String) throws {
        let reply = try greet(key: key)
        #expect(reply.status == 201)
        #expect(String(decoding: reply.body, as: UTF8.self) == "as before")
        #expect(header("Set-Cookie", of: reply) == "seen=1")
        #expect(header("Idempotency-Replayed", of: reply) == "true")
        #expect(header("X-Request-Id", of: reply) == "r1")
    }

    @Test func whatCannotBeKeptIsNoSuccess() throws {
        try expectProblem(try greet(key: "lost"), 503, "UNAVAILABLE", "Not kept.")
        try expectProblem(try greet(key: "used"), 422, "IDEMPOTENCY_KEY_REUSED", "Used.")
        try expectProblem(try greet(key: "new", #"{"greeting":"conflict"}"#), 409, "CONFLICT", "Taken.")
    }

    @Test(arguments: ["", "\"\"", "\"", "a b", "a\"b", "ü", "\u{7f}", String(repeating: "x", count: 256)])
    func keysAreVisibleASCII(key: String) throws {
        let body = try JSON(parsing: try greet(key: key).body)
        #expect(body["errors"]?.elements.first?["field"] == "Idempotency-Key")
        // Strangers learn nothing of that.
        let stranger = try greet(#"{"greeting":"Hello"}"#, ["HTTP_COOKIE": "key=stranger", "HTTP_IDEMPOTENCY_KEY": key])
        #expect(stranger.status == 401)
    }

    @Test func repliesAreReadAsTheyAreWritten() throws {
        let written = try greet(#"{"greeting":"Hello"}"#)
        let read = try #require(Reply(bytes: written.bytes))
        #expect(read.status == written.status)
        #expect(read.headers == written.headers)
        #expect(read.body == written.body)
        for text in ["", "Status: 200\r\n", "200\r\n\r\n", "Status: x\r\n\r\n", "Set-Cookie: a\r\n\r\n", "Status: 200\r\nnonsense\r\n\r\n"] {
            #expect(Reply(bytes: Array(text.utf8)) == nil, "\(text)")
        }
    }

    @Test(arguments: ["GET", "HEAD"])
    func headIsAGet(method: String) throws {
        let reply = try reply(Silence.self, method, "/api/silence", query: "page=2")
        #expect(reply.status == 204)
        #expect(reply.body.isEmpty)
        #expect(header("Content-Type", of: reply) == nil)
    }

    @Test(arguments: [
        (#"{"greeting":"conflict"}"#, 409, "CONFLICT", "Taken."),
        (#"{"greeting":"busy"}"#, 503, "UNAVAILABLE", "Busy."),
        (#"{"greeting":"broken"}"#, 500, "INTERNAL_ERROR", "The fault was logged. Please try again later."),
        (#"{"greeting":""}"#, 400, "VALIDATION_FAILED", "greeting must not be empty."),
        (
            #"{"greeting":"a","times":4,"x":1}"#, 400, "VALIDATION_FAILED",
            "times must be a whole number from 1 to 3. x is not a known field."
        ),
        (#"{"greeting":"a","room":8}"#, 400, "VALIDATION_FAILED", "room is given more than once."),
        ("{", 400, "VALIDATION_FAILED", "The body is not valid JSON: a name in quotes was expected (at byte 1)."),
        ("[]", 400, "VALIDATION_FAILED", "The body must be a JSON object."),
        ("", 400, "VALIDATION_FAILED", "greeting is required."),
    ])
    func refusals(body: String, status: Int, code: String, detail: String) throws {
        try expectProblem(greet(body), status, code, detail)
    }

    @Test func whatReallyHappenedStaysInside() throws {
        for greeting in ["busy", "broken"] {
            let reply = try greet("{\"greeting\":\"\(greeting)\"}")
            #expect(!String(decoding: reply.bytes, as: UTF8.self).contains("secret"))
        }
        #expect(header("Retry-After", of: try greet(#"{"greeting":"busy"}"#)) == "3")
    }

    @Test func anotherAddressIsNotFound() throws {
        try expectProblem(greet("{}", path: "/api/rooms/7"), 404, "NOT_FOUND", "There is no such address.")
        try expectProblem(greet("{}", path: "/api/rooms//greetings"), 404, "NOT_FOUND", "There is no such address.")
    }

    @Test(arguments: ["GET", "HEAD", "PUT", "DELETE", "OPTIONS", "post"])
    func anotherMethodIsNotAllowed(method: String) throws {
        let reply = try reply(Greeting.self, method, "/api/rooms/7/greetings", ["HTTP_COOKIE": "key=Ada"])
        try expectProblem(reply, 405, "METHOD_NOT_ALLOWED", "Use POST here.")
        #expect(header("Allow", of: reply) == "POST")
    }

    @Test(arguments: [
        "text/plain", "application/x-www-form-urlencoded", "application/jsonp",
        "multipart/form-data; boundary=application/json", "",
    ])
    func anotherTypeIsNotSupported(type: String) throws {
        let reply = try greet(#"{"greeting":"a"}"#, ["HTTP_COOKIE": "key=Ada", "CONTENT_TYPE": type])
        try expectProblem(reply, 415, "UNSUPPORTED_MEDIA_TYPE", "Send the body as application/json.")
    }

    @Test(arguments: ["application/json", "Application/JSON", "application/json;charset=utf-8"])
    func jsonMayHaveParameters(type: String) throws {
        #expect(try greet(#"{"greeting":"a"}"#, ["HTTP_COOKIE": "key=Ada", "CONTENT_TYPE": type]).status == 201)
    }

    @Test func aBodyThatIsTooLargeIsRefused() throws {
        let request = Request(variables: ["REQUEST_ID": "r1"])
        try expectProblem(
            .unreadable(request, limit: 1000), 413, "PAYLOAD_TOO_LARGE",
            "The body must come whole and have at most 1000 bytes.")
    }

    @Test func strangersLearnNothingAboutTheInput() throws {
        try expectProblem(greet("{", [:]), 401, "AUTH_REQUIRED", "Please sign in first.")
        try expectProblem(greet("{", ["HTTP_COOKIE": "key=stranger"]), 401, "INVALID_TOKEN", "Nobody knows you.")
        try expectProblem(
            greet(#"{"greeting":""}"#, ["HTTP_COOKIE": "key=stranger"]), 401, "INVALID_TOKEN", "Nobody knows you.")
    }

    @Test func pathQueryAndBodyAreOneInput() throws {
        let reply = try greet(#"{"greeting":"Hi"}"#, query: "times=2")
        #expect(try JSON(parsing: reply.body)["text"] == "Hi Ada in 7, Hi Ada in 7")
        try expectProblem(
            greet(#"{"greeting":"Hi","times":"2"}"#), 400, "VALIDATION_FAILED", "times must be a whole number.")
        try expectProblem(
            greet(#"{"greeting":"Hi","times":1}"#, query: "times=1&room=7&greeting=a"), 400, "VALIDATION_FAILED",
            "room is given more than once. greeting is given more than once. times is given more than once.")
        try expectProblem(
            greet(#"{"greeting":"Hi"}"#, query: "times=1&times=2"), 400, "VALIDATION_FAILED",
            "times is given more than once.")
        try expectProblem(
            greet(#"{"greeting":"Hi"}"#, query: "times=%zz&%ff=1"), 400, "VALIDATION_FAILED",
            "times is not percent-encoded UTF-8. query is not percent-encoded UTF-8.")
        try expectProblem(
            greet("{}", path: "/api/rooms/x/greetings"), 400, "VALIDATION_FAILED",
            "room must be a whole number. greeting is required.")
    }

    @Test(arguments: [
        (#"{"type":"greeting.sent","timestamp":"now","data":{"name":"Ada","more":1}}"#, 200), (#"{"name":"Ada"}"#, 200),
        (#"{"type":"greeting.sent","timestamp":"now","data":{}}"#, 400), (#"{"data":{"name":"Ada"}}"#, 400),
    ])
    func eventsCarryTheirValuesInData(body: String, status: Int) throws {
        #expect(try reply(Webhook.self, "POST", "/api/webhook", body: body).status == status)
    }

    @Test func aFunctionThatCannotBeginSaysSo() {
        #expect { try Handler<Greeting>(Environment(["BROKEN": "1"])) } throws: {
            ($0 as? Failure)?.code == .unavailable
        }
    }

    @Test func theDeclarationTellsEverything() throws {
        let json = Greeting.description
        #expect(json["name"] == "Greeting")
        #expect(json["method"] == "POST")
        #expect(json["path"] == "/api/rooms/{room}/greetings")
        #expect(json["pathParameters"] == ["room"])
        #expect(json["access"] == "guest")
        #expect(json["credential"] == "cookie")
        #expect(json["status"] == 201)
        #expect(json["bodyLimit"] == 1000)
        #expect(json["workers"] == 2)
        #expect(json["subscribesTo"] == [])
        #expect(json["input"]?["required"] == ["room", "greeting"])
        #expect(json["output"]?["properties"]?["text"] == ["type": "string"])
        #expect(
            json["failures"]?.elements.compactMap { $0["code"]?.text }
                == ["VALIDATION_FAILED", "AUTH_REQUIRED", "INVALID_TOKEN", "CONFLICT", "UNAVAILABLE", "INTERNAL_ERROR"])
        #expect(Silence.description["output"] == .null)
        #expect(Silence.description["credential"] == .null)
        #expect(Webhook.description["subscribesTo"] == ["greeting.sent"])
        #expect(try JSON(parsing: json.description) == json)
    }

    @Test(arguments: Failure.Code.allCases)
    func everyFailureHasItsStatusAndTitle(code: Failure.Code) throws {
        let reply = Reply(Failure(code, "Why."), requestID: "r1")
        #expect((400...599).contains(reply.status))
        let body = try JSON(parsing: reply.body)
        #expect(body["code"]?.text == code.rawValue)
        #expect(body["title"]?.text == code.title)
    }
}
