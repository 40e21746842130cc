public import JSON
public import Validation

/// An SQL statement whose interpolated values are always sent as parameters, never as text.
///
/// There is no way to make one from a `String`: what stands in the literal is all there is.
public struct Statement: ExpressibleByStringInterpolation, Sendable {
    /// A parameter in PostgreSQL's text format, with the OID of its type (0: PostgreSQL infers it).
    struct Value: Sendable {
        let text: String?
        let type: UInt32
    }

    private(set) var text: String
    private(set) var values: [Value] = []

    public init(stringLiteral value: String) { text = value }

    public init(stringInterpolation interpolation: StringInterpolation) {
        text = interpolation.text
        values = interpolation.values
    }

    public struct StringInterpolation: StringInterpolationProtocol {
        var text = ""
        var values: [Value] = []

        public init(literalCapacity: Int, interpolationCount: Int) { text.reserveCapacity(literalCapacity + 32) }

        public mutating func appendLiteral(_ literal: String) { text += literal }

        private mutating func append(_ value: String?, type: UInt32) {
            values.append(Value(text: value, type: type))
            text += "$\(values.count)"
        }

        public mutating func appendInterpolation(_ value: String?) { append(value, type: 0) }
        public mutating func appendInterpolation(_ value: Int?) { append(value.map { String($0) }, type: 20) }
        public mutating func appendInterpolation(_ value: Double?) { append(value.map { $0.description }, type: 701) }
        public mutating func appendInterpolation(_ value: Bool?) { append(value.map { $0 ? "t" : "f" }, type: 16) }
        public mutating func appendInterpolation(_ value: Identifier?) { append(value?.description, type: 2950) }
        public mutating func appendInterpolation(_ value: JSON?) { append(value?.description, type: 3802) }

        public mutating func appendInterpolation(_ value: Timestamp?) { append(value.map(Self.exact), type: 1184) }

        /// Bytes, as `bytea`.
        public mutating func appendInterpolation(_ value: [UInt8]?) {
            append(value.map(Self.hex), type: 17)
        }

        public mutating func appendInterpolation<C: Choice>(_ value: C?) { append(value?.rawValue, type: 0) }
        public mutating func appendInterpolation<W: Wrapper>(_ value: W?) where W.Value == String { appendInterpolation(value?.value) }
        public mutating func appendInterpolation<W: Wrapper>(_ value: W?) where W.Value == Int { appendInterpolation(value?.value) }
        public mutating func appendInterpolation<W: Wrapper>(_ value: W?) where W.Value == JSON { appendInterpolation(value?.value) }
        public mutating func appendInterpolation<W: Wrapper>(_ value: W?) where W.Value == Timestamp { appendInterpolation(value?.value) }

        /// To the microsecond: what was read from a row finds that row again. (Answers have milliseconds.)
        private static func exact(_ value: Timestamp) -> String {
            let micros = String(((value.microseconds % 1000) + 1000) % 1000)
            return "\(value.description.dropLast())\(String(repeating: "0", count: 3 - micros.utf8.count))\(micros)Z"
        }

        private static func hex(_ bytes: [UInt8]) -> String {
            let digits = Array("0123456789abcdef".utf8)
            var text = Array("\\x".utf8)
            text.reserveCapacity(2 + 2 * bytes.count)
            for byte in bytes {
                text.append(digits[Int(byte >> 4)])
                text.append(digits[Int(byte & 15)])
            }
            return String(decoding: text, as: UTF8.self)
        }
    }

    /// Whether running it twice does no harm.
    var isRead: Bool { text.drop(while: \.isWhitespace).prefix(6).uppercased() == "SELECT" }
}
