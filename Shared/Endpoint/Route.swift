/// A method and a path template such as `/api/async-interviews/{id}`.
public struct Route: Sendable, Equatable {
    public let method: String
    public let template: String
    /// Whether only nginx itself asks for it, for another route's sake.
    public let isInternal: Bool

    public static func head(_ template: String) -> Route { Route("HEAD", template) }
    public static func get(_ template: String) -> Route { Route("GET", template) }
    public static func post(_ template: String) -> Route { Route("POST", template) }
    public static func put(_ template: String) -> Route { Route("PUT", template) }
    public static func patch(_ template: String) -> Route { Route("PATCH", template) }
    public static func delete(_ template: String) -> Route { Route("DELETE", template) }
    public static func options(_ template: String) -> Route { Route("OPTIONS", template) }

    /// The same route, reachable only from nginx's own configuration.
    public var `internal`: Route { Route(method, template, isInternal: true) }

    private init(_ method: String, _ template: String, isInternal: Bool = false) {
        self.method = method
        self.template = template
        self.isInternal = isInternal
        segments = Self.segments(of: template)
    }

    private let segments: [Substring]

    /// What stands between slashes. They are ASCII, so bytes can be looked at instead of characters.
    private static func segments(of path: String) -> [Substring] {
        path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).map { Substring($0) }
    }

    /// The names in braces, in order.
    public var parameters: [String] {
        segments.filter { $0.hasPrefix("{") }.map { String($0.dropFirst().dropLast()) }
    }

    /// The values of the parameters in `path`, or nil when the path is not this route's.
    func match(_ path: String) -> [String: String]? {
        let given = Self.segments(of: path)
        guard segments.count == given.count else { return nil }
        var values: [String: String] = [:]
        for (part, value) in zip(segments, given) {
            if part.hasPrefix("{") {
                guard !value.isEmpty else { return nil }
                values[String(part.dropFirst().dropLast())] = String(value)
            } else if part != value {
                return nil
            }
        }
        return values
    }

    /// Whether a request's method is this route's; HEAD is a GET whose body the server drops.
    func accepts(_ requested: String) -> Bool { requested == method || requested == "HEAD" && method == "GET" }
}
