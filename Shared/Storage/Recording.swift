public import JSON
public import Validation

/// The containers that browsers record into.
public enum Container: String, Sendable, CaseIterable {
    case webm = "video/webm"
    case mp4 = "video/mp4"

    public var fileExtension: String {
        switch self {
        case .webm: "webm"
        case .mp4: "mp4"
        }
    }

    /// Whether a file that begins with these bytes is of this kind.
    public func matches(_ start: [UInt8]) -> Bool {
        switch self {
        // EBML's magic number: https://www.rfc-editor.org/rfc/rfc8794#section-11.2.1
        case .webm: start.starts(with: [0x1A, 0x45, 0xDF, 0xA3])
        // The box `ftyp` comes first: ISO/IEC 14496-12, section 4.3.
        case .mp4: start.count >= 8 && Array(start[4..<8]) == Array("ftyp".utf8)
        }
    }
}

/// A recording's media type as `MediaRecorder.mimeType` gives it: `video/webm;codecs=vp9,opus`.
public struct RecordingType: Field {
    public let container: Container
    public let text: String

    public init(from decoder: any Decoder) throws {
        text = try decoder.singleValueContainer().decode(String.self).lowercased()
        let base = text.split(separator: ";").first.map { $0.drop { $0 == " " } } ?? ""
        guard text.utf8.count <= 100, let container = Container(rawValue: String(base)) else {
            throw Refusal("must be one of \(Container.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        self.container = container
    }

    private init(_ container: Container) {
        self.container = container
        text = container.rawValue
    }

    public func encode(to encoder: any Encoder) throws { try text.encode(to: encoder) }

    public static var example: Self { Self(.webm) }
    public static var schema: JSON {
        ["type": "string", "pattern": "^video/(webm|mp4)(;.*)?$", "examples": ["video/webm;codecs=vp9,opus"]]
    }
}
