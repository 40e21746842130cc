import JSON
import POSIX

/// A request in a file, to run a function once from the shell.
///
/// ```json
/// {
///   "given": ["interview.sql"],     SQL files in ../given whose rows are there first; nothing is kept
///   "as": "…",                      the caller: a session token, or "service" for a signed event
///   "path": {"id": "…"},            the path's parameters
///   "query": {"page": 2},
///   "headers": {"Accept": "…"},
///   "variables": {"REQUEST_BODY_FILE": "…"},   CGI variables, for what nginx itself adds
///   "body": {},                     JSON, or text that is sent as it stands
///   "expect": {"status": 200, "body": {}}      what the tests compare; not read here
/// }
/// ```
struct Fixture {
    let json: JSON
    let folder: String

    init(path: String) throws {
        json = try JSON(parsing: File.read(path))
        folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        let known: Set = ["given", "as", "path", "query", "headers", "variables", "body", "expect", "about"]
        if let unknown = json.members.first(where: { !known.contains($0.name) }) {
            throw Unreadable(description: "\"\(unknown.name)\" is not a member that fixtures have")
        }
    }

    struct Unreadable: Error, CustomStringConvertible {
        let description: String
    }

    var given: [String] { (json["given"]?.elements ?? []).compactMap { $0.text.map { "\(folder)/../given/\($0)" } } }
    var caller: String? { json["as"]?.text }

    func request(for route: Route) throws -> Request {
        var variables = [
            "REQUEST_METHOD": route.method, "DOCUMENT_URI": try path(of: route), "QUERY_STRING": query,
            "REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "127.0.0.1",
        ]
        var body: [UInt8] = []
        switch json["body"] {
        case .string(let text)?: body = Array(text.utf8)
        case let value?: body = Array(value.description.utf8)
        case nil: break
        }
        if !body.isEmpty { variables["CONTENT_TYPE"] = "application/json" }
        for header in json["headers"]?.members ?? [] {
            let name = header.name.uppercased().map { $0 == "-" ? "_" : String($0) }.joined()
            variables[name == "CONTENT_TYPE" ? name : "HTTP_\(name)"] = Self.text(header.value)
        }
        for variable in json["variables"]?.members ?? [] { variables[variable.name] = Self.text(variable.value) }
        return Request(variables: variables, body: body)
    }

    private func path(of route: Route) throws -> String {
        let given = json["path"] ?? [:]
        return try route.template.split(separator: "/", omittingEmptySubsequences: false).map { part in
            guard part.hasPrefix("{") else { return String(part) }
            let name = String(part.dropFirst().dropLast())
            guard let value = given[name] else {
                throw Unreadable(description: "\"path\" must give \"\(name)\" for \(route.template)")
            }
            return Self.text(value)
        }.joined(separator: "/")
    }

    private var query: String {
        (json["query"]?.members ?? []).map { "\(Self.encoded($0.name))=\(Self.encoded(Self.text($0.value)))" }
            .joined(separator: "&")
    }

    private static func text(_ value: JSON) -> String { value.text ?? value.description }

    /// Percent-encodes everything but letters, digits and `-._~`.
    private static func encoded(_ text: String) -> String {
        text.utf8.map { byte in
            let scalar = Unicode.Scalar(byte)
            if scalar.properties.isAlphabetic && byte < 128 || (48...57).contains(byte) || "-._~".utf8.contains(byte) {
                return String(scalar)
            }
            return "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }.joined()
    }
}

extension Endpoint {
    /// Answers the request in the file at `path` and prints status and body.
    /// - Returns: the exit status: 0 for a success, 1 from status 400 up, 66 when the file cannot be used.
    static func runFixture(_ path: String) -> Int32 {
        do {
            let fixture = try Fixture(path: path)
            var request = try fixture.request(for: route)
            let environment = Environment.read(rehearsal: .init(given: fixture.given))
            let reply: Reply
            do throws(Failure) {
                let handler = try Handler<Self>(environment)
                request.pathValues = route.match(request.path) ?? [:]
                if let caller = fixture.caller { try handler.gate.impersonate(caller, &request) }
                reply = handler.reply(to: request)
            } catch {
                reply = Reply(error, requestID: request.id)
                printError("\(name): \(error.cause ?? error.detail)")
            }
            print(reply.status)
            if !reply.body.isEmpty { print(String(decoding: reply.body, as: UTF8.self)) }
            return reply.status >= 400 ? 1 : 0
        } catch {
            printError("\(name): \(path): \(error)")
            return 66
        }
    }
}
