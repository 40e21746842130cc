public import JSON
public import Validation

/// Why a request was not fulfilled, as the caller may know it. Sent as RFC 9457 problem details.
public struct Failure: Error, Sendable {
    /// Stable names that programs may rely on.
    public enum Code: String, Sendable, CaseIterable {
        case validationFailed = "VALIDATION_FAILED"
        case authRequired = "AUTH_REQUIRED"
        case invalidToken = "INVALID_TOKEN"
        case accessDenied = "ACCESS_DENIED"
        case notFound = "NOT_FOUND"
        case methodNotAllowed = "METHOD_NOT_ALLOWED"
        case conflict = "CONFLICT"
        /// Another page goes on with what this one had begun.
        case takenOver = "TAKEN_OVER"
        case gone = "GONE"
        case preconditionFailed = "PRECONDITION_FAILED"
        case payloadTooLarge = "PAYLOAD_TOO_LARGE"
        case unsupportedMediaType = "UNSUPPORTED_MEDIA_TYPE"
        /// A document that came whole and cannot be read.
        case unreadable = "UNREADABLE"
        /// Another request has this Idempotency-Key.
        case keyReused = "IDEMPOTENCY_KEY_REUSED"
        case locked = "LOCKED"
        case rateLimited = "RATE_LIMITED"
        /// The one status that tus adds to HTTP's.
        case checksumMismatch = "CHECKSUM_MISMATCH"
        /// The organisation keeps as much as it may.
        case storageFull = "STORAGE_FULL"
        case unavailable = "UNAVAILABLE"
        case internalError = "INTERNAL_ERROR"

        public var status: Int {
            switch self {
            case .validationFailed: 400
            case .authRequired, .invalidToken: 401
            case .accessDenied: 403
            case .notFound: 404
            case .methodNotAllowed: 405
            case .conflict, .takenOver: 409
            case .gone: 410
            case .preconditionFailed: 412
            case .payloadTooLarge: 413
            case .unsupportedMediaType: 415
            case .keyReused, .unreadable: 422
            case .locked: 423
            case .rateLimited: 429
            case .checksumMismatch: 460
            case .internalError: 500
            case .unavailable: 503
            case .storageFull: 507
            }
        }

        public var title: String {
            switch self {
            case .validationFailed: "The request is not acceptable"
            case .authRequired: "Sign in first"
            case .invalidToken: "The credentials are not valid"
            case .accessDenied: "Not allowed"
            case .notFound: "Not found"
            case .methodNotAllowed: "The method is not allowed here"
            case .conflict: "Not possible in the present state"
            case .takenOver: "Continued elsewhere"
            case .gone: "No longer available"
            case .preconditionFailed: "A condition of the request is not met"
            case .payloadTooLarge: "The body is too large"
            case .unsupportedMediaType: "The content type is not supported"
            case .unreadable: "The document cannot be read"
            case .keyReused: "The key belongs to another request"
            case .locked: "In use at the moment"
            case .rateLimited: "Too many requests"
            case .checksumMismatch: "The bytes differ from their checksum"
            case .storageFull: "No room left"
            case .unavailable: "Not available for the moment"
            case .internalError: "Something went wrong on our side"
            }
        }
    }

    public let code: Code
    /// A sentence for the person who reads it. Holds nothing that the caller did not send or may not know.
    public let detail: String
    /// What is wrong with which field; only with ``Code/validationFailed``.
    public let problems: [Problem]
    public let headers: [Header]
    /// What programs may want to know besides, as further members of the problem (RFC 9457, section 3.2).
    public let members: [JSON.Member]
    /// What really happened, for the log only.
    public let cause: String?

    public init(
        _ code: Code, _ detail: String, problems: [Problem] = [], headers: [Header] = [], members: [JSON.Member] = [],
        cause: String? = nil
    ) {
        self.code = code
        self.detail = detail
        self.problems = problems
        self.headers = headers
        self.members = members
        self.cause = cause
    }

    /// 400 for one field, found wrong by a rule that needs more than the field itself.
    public static func invalid(_ field: String, _ message: String) -> Failure {
        .invalid([Problem(field: field, message: message)])
    }

    public static func invalid(_ problems: [Problem]) -> Failure {
        let sentences = problems.map { $0.field.isEmpty ? "The body \($0.message)." : "\($0.field) \($0.message)." }
        return Failure(.validationFailed, sentences.joined(separator: " "), problems: problems)
    }

    /// 404. The same for what is not there and for what is another organisation's.
    public static func notFound(_ what: String) -> Failure { Failure(.notFound, "There is no such \(what).") }

    /// 409.
    /// - Parameter members: what a program needs in order to go on.
    public static func conflict(_ detail: String, _ members: [JSON.Member] = []) -> Failure {
        Failure(.conflict, detail, members: members)
    }

    public static func gone(_ detail: String) -> Failure { Failure(.gone, detail) }
    public static func denied(_ detail: String) -> Failure { Failure(.accessDenied, detail) }
    public static func invalidToken(_ detail: String) -> Failure { Failure(.invalidToken, detail) }

    /// 503, worth trying again after `seconds`.
    public static func unavailable(_ detail: String, retryAfter seconds: Int = 2, cause: String) -> Failure {
        Failure(.unavailable, detail, headers: [Header("Retry-After", String(seconds))], cause: cause)
    }

    /// 500. The caller learns nothing but the request's id; `cause` is logged.
    public static func `internal`(_ cause: String) -> Failure {
        Failure(.internalError, "The fault was logged. Please try again later.", cause: cause)
    }
}
