/// A request to send with `HTTPClient`.
public struct HTTPRequest: Sendable {
    public enum Method: String, Sendable {
        case get = "GET", head = "HEAD", post = "POST", put = "PUT", patch = "PATCH", delete = "DELETE"
    }

    public var method: Method
    /// `http:` or `https:`, percent-encoded, without credentials.
    public var url: String
    public var headers: HTTPHeaders
    /// Sent with any method but GET and HEAD.
    public var body: [UInt8]
    /// For resolving, connecting and TLS.
    public var connectTimeout: Duration = .seconds(5)
    /// For everything, connecting included.
    public var timeout: Duration = .seconds(30)
    /// The most bytes that the body of the reply may have.
    public var replyLimit = 1 << 20

    public init(_ method: Method, _ url: String, headers: HTTPHeaders = [:], body: [UInt8] = []) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
    }
}

/// What the server answered, whatever its status: redirects too are handed back,
/// never followed.
public struct HTTPReply: Sendable {
    public let status: Int
    public let headers: HTTPHeaders
    public let body: [UInt8]
}

/// Header fields in the order they travel; their names ignore case.
public struct HTTPHeaders: Sendable, Sequence, ExpressibleByDictionaryLiteral {
    private var fields: [(name: String, value: String)] = []

    public init(dictionaryLiteral elements: (String, String)...) {
        fields = elements.map { (name: $0.0, value: $0.1) }
    }

    public mutating func add(_ name: String, _ value: String) {
        fields.append((name, value))
    }

    /// The first field of this name.
    public subscript(name: String) -> String? {
        let name = name.lowercased()
        return fields.first { $0.name.lowercased() == name }?.value
    }

    public func makeIterator() -> some IteratorProtocol<(name: String, value: String)> {
        fields.makeIterator()
    }
}
