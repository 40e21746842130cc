import POSIX
import Testing

@testable import Endpoint

@Suite struct RequestTests {
    @Test(
        arguments: [
            ("/api/a/{id}", "/api/a/7", ["id": "7"]), ("/api/a/{id}", "/api/a/a%20b", ["id": "a%20b"]),
            ("/api/a/{id}", "/api/a/", nil),
            ("/api/a/{id}", "/api/a", nil), ("/api/a/{id}", "/api/a/7/", nil), ("/api/a/{id}", "/api/b/7", nil),
            ("/api/a/{id}", "/API/a/7", nil),
            ("/api/a/{id}", "//api/a/7", nil), ("/a/{x}/b/{y}", "/a/1/b/2", ["x": "1", "y": "2"]),
            ("/a/{x}/b/{y}", "/a/1/c/2", nil),
            ("/health", "/health", [:]), ("/health", "/health/", nil), ("/health", "/health?x", nil),
        ] as [(String, String, [String: String]?)])
    func routesMatchWholePaths(template: String, path: String, values: [String: String]?) {
        #expect(Route.get(template).match(path) == values)
    }

    @Test func routesNameTheirParameters() {
        #expect(
            Route.put("/blob/{organization}/{interview}/{file}").parameters == ["organization", "interview", "file"])
        #expect(Route.put("/a").internal.isInternal && !Route.put("/a").isInternal)
    }

    @Test(arguments: [
        ("a=1&b=2", ["a=1", "b=2"]), ("a=1&a=2", ["a=1", "a=2"]), ("a", []), ("a=", []), ("=1", ["=1"]), ("", []),
        ("&&a=1&", ["a=1"]),
        ("a=b=c", ["a=b=c"]), ("a=x+y%20z%2B", ["a=x y z+"]), ("%61=%C3%A9%F0%9F%91%8B", ["a=é👋"]),
        ("a=%c3%A9", ["a=é"]),
        ("a=%ff", []), ("a=%00", []), ("a=%4", []), ("a=%zz&b=1", ["b=1"]), ("a=%", []), ("a=é", ["a=é"]),
        ("a=1;b=2", ["a=1;b=2"]),
    ])
    func queriesAreDecoded(query: String, expected: [String]) {
        #expect(Request(variables: ["QUERY_STRING": query]).query.map { "\($0.name)=\($0.value)" } == expected)
    }

    @Test(arguments: [
        ("key=1", "1"), ("a=2; key=1", "1"), ("a=2;key=1", "1"), ("key=1; key=2", "1"), ("key=a=b", "a=b"),
        ("key=", ""), ("key", nil),
        ("monkey=1", nil), ("Key=1", nil), ("", nil),
    ])
    func cookiesAreFoundByTheirWholeName(header: String, value: String?) {
        #expect(Request(variables: ["HTTP_COOKIE": header]).cookie("key") == value)
    }

    @Test func headersAreFoundInAnyCase() {
        let request = Request(variables: ["HTTP_IF_NONE_MATCH": "x"])
        #expect(
            request.header("If-None-Match") == "x" && request.header("if-none-match") == "x"
                && request.header("If-Match") == nil)
    }

    private static let id = "0af7651916cd43dd8448eb211c80319c"

    @Test(arguments: [
        ("00-\(id)-b7ad6b7169203331-01", "01"), ("00-\(id)-b7ad6b7169203331-00", "00"),
        ("cc-\(id)-b7ad6b7169203331-01", "01"),
        ("cc-\(id)-b7ad6b7169203331-01-what-comes", "01"),
    ])
    func continuesATrace(header: String, flags: String) {
        let trace = Trace(continuing: header)
        #expect(trace.traceID == Self.id)
        #expect(trace.spanID != "b7ad6b7169203331")
        #expect(trace.traceparent == "00-\(Self.id)-\(trace.spanID)-\(flags)")
    }

    @Test(arguments: [
        nil, "", "00-\(id)-b7ad6b7169203331", "00-\(id)-b7ad6b7169203331-01-x", "ff-\(id)-b7ad6b7169203331-01",
        "0-\(id)-b7ad6b7169203331-01",
        "00-\(id.uppercased())-b7ad6b7169203331-01", "00-00000000000000000000000000000000-b7ad6b7169203331-01",
        "00-\(id)-0000000000000000-01",
        "00-\(id)0-b7ad6b7169203331-01", "00-\(id)-b7ad6b716920333-01", "00-\(id)-b7ad6b7169203331-1",
        "00-\(id)-b7ad6b7169203331-0g",
        "00 \(id) b7ad6b7169203331 01", " 00-\(id)-b7ad6b7169203331-01",
    ])
    func beginsATraceInPlaceOfABadOne(header: String?) {
        let trace = Trace(continuing: header)
        #expect(trace.traceID != Self.id)
        #expect(trace.traceparent.wholeMatch(of: /00-[0-9a-f]{32}-[0-9a-f]{16}-01/) != nil)
        #expect(Trace(continuing: trace.traceparent).traceID == trace.traceID)
    }
}

@Suite(.serialized) struct EnvironmentTests {
    @Test func emptySettingsAreNoSettings() throws {
        let environment = Environment(["A": "", "B": "2", "C": "x"])
        #expect(environment["A"] == nil && environment["B"] == "2")
        #expect(environment.number("A", default: 7) == 7)
        #expect(environment.number("B", default: 7) == 2)
        #expect(environment.number("C", default: 7) == 7)
        #expect(try environment.required("B") == "2")
        #expect { try environment.required("A") } throws: { ($0 as? Failure)?.cause == "A is not set" }
    }
}
