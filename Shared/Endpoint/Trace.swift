/// A position in a distributed trace, as W3C Trace Context writes it:
/// `00-<32 hex trace id>-<16 hex parent id>-<2 hex flags>`.
/// Source: https://www.w3.org/TR/trace-context/#traceparent-header
public struct Trace: Sendable, Equatable {
    /// 32 lower-case hexadecimal digits.
    public let traceID: String
    /// This process's own 16 digits.
    public let spanID: String
    private let flags: String

    /// Continues the trace of a valid header; begins a new one otherwise.
    public init(continuing header: String?) {
        let parts = (header ?? "").split(separator: "-", omittingEmptySubsequences: false)
        if parts.count >= 4, parts[0] != "ff", parts.count == 4 || parts[0] != "00",
            Self.isHex(parts[0], 2), Self.isHex(parts[1], 32), Self.isHex(parts[2], 16), Self.isHex(parts[3], 2),
            parts[1].contains(where: { $0 != "0" }), parts[2].contains(where: { $0 != "0" })
        {
            traceID = String(parts[1])
            flags = String(parts[3])
        } else {
            traceID = Self.random() + Self.random()
            flags = "01"
        }
        spanID = Self.random()
    }

    /// The header to pass on.
    public var traceparent: String { "00-\(traceID)-\(spanID)-\(flags)" }

    private static func isHex(_ text: Substring, _ length: Int) -> Bool {
        text.utf8.count == length
            && text.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
    }

    /// 16 hexadecimal digits, not all zero.
    private static func random() -> String {
        let digits = String(UInt64.random(in: 1 ... .max), radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
