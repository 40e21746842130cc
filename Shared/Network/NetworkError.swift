/// Why a request or a message brought no answer.
public struct NetworkError: Error, Equatable, Sendable, CustomStringConvertible {
    public enum Code: String, Sendable {
        /// The URL, a header, an address or the message is not one we may send.
        case invalidRequest
        case couldNotResolve
        case couldNotConnect
        /// Every address of the host is one that strangers may not make us call.
        case refusedAddress
        /// TLS failed: an untrusted certificate, or none offered where it is required.
        case insecure
        case timedOut
        /// The reply is longer than the caller allowed.
        case tooLarge
        /// `whileWaiting` returned false.
        case aborted
        /// The connection ended before the reply did.
        case connectionLost
        /// The peer did not speak the protocol.
        case protocolViolation
        /// The mail server did not accept our credentials.
        case loginRefused
        /// The mail server said no for now (4xx): worth another attempt.
        case refusedForNow
        /// The mail server said no for good (5xx).
        case refusedForGood
    }

    public let code: Code
    /// Whether the peer may have acted on it, so that another attempt may be a second one.
    public let mayHaveBeenSent: Bool
    /// What libcurl or the server said; for the log.
    public let detail: String

    /// Whether another attempt at the same thing must fail in the same way.
    public var isPermanent: Bool {
        switch code {
        case .invalidRequest, .refusedForGood: true
        default: false
        }
    }

    public var description: String { "\(code.rawValue): \(detail)" }
}

extension NetworkError {
    static func invalid(_ detail: String) -> Self {
        NetworkError(code: .invalidRequest, mayHaveBeenSent: false, detail: detail)
    }
}
