/// One HTTP route and the code that answers it.
///
/// The declaration is the only place where a route is described. From it follow serving FastCGI
/// and CGI, running a fixture, nginx's routing table, the table of sockets and the OpenAPI document.
public protocol Endpoint {
    associatedtype Input: Decodable
    associatedtype Output: Codable
    associatedtype Caller

    /// Method and path; `{name}` in the path becomes an input of that name.
    static var route: Route { get }
    /// Who may call; decides the type of `caller`.
    static var access: Access<Caller> { get }
    /// One line for the API reference.
    static var summary: String { get }
    /// The status of a success; 200 unless stated.
    static var success: Success { get }
    /// What else the route can answer, beyond what its access and its input imply.
    static var failures: [Failure.Code] { get }
    /// Sizes and numbers of processes.
    static var limits: Limits { get }

    /// Made once a process, before its first request.
    init(_ environment: Environment) throws(Failure)

    /// Answers one request.
    func handle(_ input: Input, from caller: Caller) throws(Failure) -> Output
}

extension Endpoint {
    public static var success: Success { .ok }
    public static var failures: [Failure.Code] { [] }
    public static var limits: Limits { Limits() }

    /// The name of the function, its executable and its socket.
    public static var name: String { String(describing: Self.self) }
}

/// The status of a success.
public enum Success: Int, Sendable {
    case ok = 200
    case created = 201
    case noContent = 204
}

/// What one function may use.
public struct Limits: Sendable {
    /// The largest accepted body, in bytes.
    public let body: Int
    /// The largest file that may come along as the part `file` of `multipart/form-data`, in bytes; nil where
    /// none may. For such a route nginx spools the body and hands over its path.
    public let file: Int?
    /// How many processes may answer at once. More than one is for functions that wait on slow
    /// peers; a quick function is faster alone.
    public let workers: Int

    public init(body: Int = 64 * 1024, file: Int? = nil, workers: Int = 1) {
        self.body = body
        self.file = file
        self.workers = workers
    }
}

/// An answer without a body.
public struct Nothing: Codable, Sendable {
    public init() {}
}

/// An answer with headers of its own, such as a cookie. Its JSON is the body's.
public struct Sent<Body: Codable>: Codable, HasHeaders {
    public let body: Body
    public let headers: [Header]

    public init(_ body: Body, headers: [Header]) {
        self.body = body
        self.headers = headers
    }

    public init(from decoder: any Decoder) throws {
        self.init(try Body(from: decoder), headers: [])
    }

    public func encode(to encoder: any Encoder) throws { try body.encode(to: encoder) }
}

protocol HasHeaders {
    var headers: [Header] { get }
}

/// One response header.
public struct Header: Sendable, Equatable {
    public let name: String
    public let value: String

    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}
