/// HTML in which every interpolated value is escaped, in text and between quotes:
///
///     let html: HTML = "<p title=\"\(title)\">\(name)</p>"
///
/// Only literals and other `HTML` stand as they are.
public struct HTML: ExpressibleByStringInterpolation, Sendable, Equatable {
    public let source: String

    public init(stringLiteral source: String) { self.source = source }

    public init(stringInterpolation interpolation: Interpolation) { source = interpolation.source }

    public struct Interpolation: StringInterpolationProtocol {
        fileprivate var source = ""

        public init(literalCapacity: Int, interpolationCount: Int) {
            source.reserveCapacity(literalCapacity)
        }

        public mutating func appendLiteral(_ literal: String) { source += literal }

        public mutating func appendInterpolation(_ html: HTML) { source += html.source }

        public mutating func appendInterpolation(_ text: String) {
            for character in text.unicodeScalars {
                switch character {
                case "&": source += "&amp;"
                case "<": source += "&lt;"
                case ">": source += "&gt;"
                case "\"": source += "&quot;"
                case "'": source += "&#39;"
                default: source.unicodeScalars.append(character)
                }
            }
        }
    }
}
