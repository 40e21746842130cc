import JSON
import POSIX

/// A request in a file, to run a function once from the shell.
///
/// ```json
/// {
///   "given": ["interview.sql"],     SQL files in ../given whose rows are there first; nothing is kept
///   "settings": {"PARLEY_BLOB": "…"},          instead of this system's
///   "as": "…",                      the caller: a session token, or "service" for a signed event
///   "path": {"id": "…"},            the path's parameters
///   "query": {"page": 2},
///   "headers": {"Accept": "…"},
///   "variables": {"SERVER_PROTOCOL": "…"},     CGI variables, for what nginx itself adds
///   "files": {"a/b/c.webm": "answer.webm"},     objects in the blob store, from ../Recordings
///   "parts": {"a/b/c.webm": "answer.webm"},     what unfinished uploads have so far, from ../Recordings
///   "upload": "answer.webm",        a body that nginx has spooled, from ../Recordings
///   "body": {},                     JSON, or text that is sent as it stands
///   "expect": {"status": 200, "body": {}},     what the tests compare; not read here ("begins" instead of
///                                              "body": how an answer that is not JSON begins)
///   "about": "…"                    what it shows, in a sentence
/// }
/// ```
///
/// The site's address is `https://parley.example`, and the blob store is a folder that is gone
/// afterwards.
struct Fixture {
    let json: JSON
    let folder: String

    init(path: String) throws {
        json = try JSON(parsing: File.read(path))
        folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        let known: Set = [
            "given", "settings", "as", "path", "query", "headers", "variables", "files", "parts", "upload", "body", "expect",
            "about",
        ]
        if let unknown = json.members.first(where: { !known.contains($0.name) }) {
            throw Unreadable(description: "\"\(unknown.name)\" is not a member that fixtures have")
        }
    }

    struct Unreadable: Error, CustomStringConvertible {
        let description: String
    }

    var given: [String] { (json["given"]?.elements ?? []).compactMap { $0.text.map { "\(folder)/../given/\($0)" } } }
    var settings: [String: String] {
        Dictionary(uniqueKeysWithValues: (json["settings"]?.members ?? []).map { ($0.name, Self.text($0.value)) })
    }
    var caller: String? { json["as"]?.text }

    /// Fills the blob store.
    func fill(_ blobs: String) throws {
        for file in json["files"]?.members ?? [] {
            try copy(Self.text(file.value), to: "\(blobs)/objects/\(file.name)")
        }
        for file in json["parts"]?.members ?? [] {
            try copy(Self.text(file.value), to: "\(blobs)/parts/\(file.name)")
        }
        if let name = json["upload"]?.text { try copy(name, to: Self.spooled(in: blobs)) }
    }

    private func copy(_ recording: String, to path: String) throws {
        let bytes = try File.read("\(folder)/../Recordings/\(recording)")
        try File.makeFolder(String(path[..<(path.lastIndex(of: "/") ?? path.endIndex)]))
        try File.replace(path, with: bytes)
    }

    private static func spooled(in blobs: String) -> String { "\(blobs)/.spool/upload" }

    func request(for route: Route, blobs: String) throws -> Request {
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
        if json["upload"] != nil {
            let path = Self.spooled(in: blobs)
            variables["REQUEST_BODY_FILE"] = path
            variables["CONTENT_LENGTH_ORIG"] = File.version(of: path).map { String($0.size) }
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
            let blobs = try TemporaryFolder(in: Process.environment["PARLEY_TEMPORARY"] ?? "/tmp")
            try fixture.fill(blobs.path)
            var request = try fixture.request(for: route, blobs: blobs.path)
            let environment = Environment.read(rehearsal: .init(given: fixture.given, settings: fixture.settings, blobs: blobs.path))
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
