/// An answer that is not JSON, such as a PDF: the route's `Output` is `Document<PDF>`.
public struct Document<Kind: MediaType>: Codable, Sendable {
    public let bytes: [UInt8]
    public let headers: [Header]

    /// - Parameter filename: what a browser saves it as; letters, digits, `-`, `_` and `.`. Without one it is shown.
    public init(_ bytes: [UInt8], filename: String? = nil) {
        self.bytes = bytes
        let safe = filename.map { name in
            String(name.map { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) ? $0 : "-" })
        }
        headers = [Header("Content-Disposition", safe.map { "attachment; filename=\"\($0)\"" } ?? "inline")]
    }

    public init(from decoder: any Decoder) throws { self.init([]) }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(String(decoding: bytes, as: UTF8.self))
    }
}

/// What kind of bytes a ``Document`` holds.
public protocol MediaType: Sendable {
    /// As in Content-Type.
    static var name: String { get }
}

/// https://www.rfc-editor.org/rfc/rfc8118
public enum PDF: MediaType { public static let name = "application/pdf" }
/// https://www.rfc-editor.org/rfc/rfc7111
public enum CommaSeparated: MediaType { public static let name = "text/csv; charset=utf-8" }
/// https://www.w3.org/TR/webvtt1/
public enum WebVTT: MediaType { public static let name = "text/vtt; charset=utf-8" }

protocol HasBytes: HasHeaders {
    static var mediaType: String { get }
    var bytes: [UInt8] { get }
}

extension Document: HasBytes {
    static var mediaType: String { Kind.name }
}
