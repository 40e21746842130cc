import JSON
import Validation

/// One request, as FastCGI, CGI or a fixture brought it.
public struct Request: Sendable {
    /// The CGI meta-variables (RFC 3875): REQUEST_METHOD, QUERY_STRING, HTTP_COOKIE, …
    public var variables: [String: String]
    /// The body's bytes, exactly as they came: signatures are over these.
    public var body: [UInt8]
    /// The path's parameters, set once the route is known to match.
    public internal(set) var pathValues: [String: String] = [:]
    /// The body in parts, set where a file may come along.
    public internal(set) var form: Form?
    /// The trace this request belongs to.
    public let trace: Trace

    public init(variables: [String: String], body: [UInt8] = []) {
        self.variables = variables
        self.body = body
        trace = Trace(continuing: variables["HTTP_TRACEPARENT"])
    }

    public var method: String { variables["REQUEST_METHOD"] ?? "GET" }
    /// The decoded path.
    public var path: String { variables["DOCUMENT_URI"] ?? variables["PATH_INFO"] ?? "/" }
    /// The id that nginx gave the request, or one of our own.
    public var id: String { variables["REQUEST_ID"] ?? trace.traceID }
    public var address: String { variables["REMOTE_ADDR"] ?? "" }

    /// A header's value by its name, `If-None-Match`.
    public func header(_ name: String) -> String? {
        variables["HTTP_" + name.uppercased().map { $0 == "-" ? "_" : String($0) }.joined()]
    }

    /// The value of a cookie.
    public func cookie(_ name: String) -> String? {
        for pair in (variables["HTTP_COOKIE"] ?? "").split(separator: ";") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if parts.count == 2, parts[0].drop(while: { $0 == " " }) == name { return String(parts[1]) }
        }
        return nil
    }

    /// The query's names and values, decoded; names without a value are left out, as from an empty form field.
    public var query: [(name: String, value: String)] {
        queryPairs.compactMap { pair in
            guard let name = pair.name, let value = pair.value, !value.isEmpty else { return nil }
            return (name, value)
        }
    }

    /// The query as it came; nil for what cannot be decoded.
    private var queryPairs: [(name: String?, value: String?)] {
        (variables["QUERY_STRING"] ?? "").split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (Self.decoded(parts[0]), parts.count == 2 ? Self.decoded(parts[1]) : "")
        }
    }

    /// Undoes percent-encoding and `+`; nil when the bytes are not UTF-8 or hold a NUL.
    public static func decoded(_ text: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "+"): bytes.append(0x20)
            case UInt8(ascii: "%"):
                guard let high = rest.popFirst().flatMap(hexValue), let low = rest.popFirst().flatMap(hexValue) else {
                    return nil
                }
                bytes.append(high << 4 | low)
            default: bytes.append(byte)
            }
        }
        return bytes.contains(0) ? nil : String(validating: bytes, as: UTF8.self)
    }

    private static func hexValue(_ byte: UInt8) -> UInt8? {
        Character(Unicode.Scalar(byte)).hexDigitValue.map(UInt8.init)
    }

    /// The input: path, query and body values in one object, and the names of those that came as text.
    ///
    /// A signed event carries its values in `data` (Standard Webhooks), so an object with exactly
    /// `type`, `timestamp` and `data` stands for its `data`. A body that is a notice is left to its access.
    func input(from credential: Credential?) throws(Failure) -> (value: JSON, textual: Set<String>) {
        var members: [JSON.Member] = []
        var names: Set<String> = []
        var problems: [Problem] = []
        func add(_ name: String, _ value: JSON) {
            if names.insert(name).inserted {
                members.append(JSON.Member(name, value))
            } else {
                problems.append(Problem(field: name, message: "is given more than once"))
            }
        }
        for pair in queryPairs where pair.name == nil || pair.value == nil {
            problems.append(Problem(field: pair.name ?? "query", message: "is not percent-encoded UTF-8"))
        }
        for (name, value) in pathValues { add(name, .string(value)) }
        for (name, value) in query { add(name, .string(value)) }
        for (name, value) in form?.fields ?? [] { add(name, .string(value)) }
        let textual = names
        var body: JSON = form == nil && credential != .notice ? try jsonBody() : [:]
        if credential == .signature, let data = body["data"], body["type"] != nil, body["timestamp"] != nil { body = data }
        for member in body.members { add(member.name, member.value) }
        guard problems.isEmpty else { throw .invalid(problems) }
        return (.object(members), textual)
    }

    private func jsonBody() throws(Failure) -> JSON {
        guard !body.isEmpty else { return [:] }
        let type = (variables["CONTENT_TYPE"] ?? "").lowercased()
        guard type == "application/json" || type.hasPrefix("application/json;") else {
            throw Failure(.unsupportedMediaType, "Send the body as application/json.")
        }
        do {
            let json = try JSON(parsing: body)
            guard case .object = json else {
                throw Failure.invalid("", "must be a JSON object")
            }
            return json
        } catch let error as JSON.SyntaxError {
            throw .invalid("", "is not valid JSON: \(error.message) (at byte \(error.offset))")
        } catch let failure as Failure {
            throw failure
        } catch {
            throw .internal("\(error)")
        }
    }
}
