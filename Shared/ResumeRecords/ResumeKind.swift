public import Endpoint
import POSIX
public import Validation

/// How a version came.
public enum ResumeKind: String, Choice {
    case pasted = "PASTED"
    case pdf = "PDF"
    case doc = "DOC"
    case docx = "DOCX"

    /// Of a file that ``DocumentReader`` could read, by its first bytes: PDF's own words, the signatures of
    /// ZIP and, for DOC, of Microsoft's compound files.
    public init(startingWith bytes: [UInt8]) {
        if bytes.starts(with: "PK".utf8) {
            self = .docx
        } else if bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
            self = .doc
        } else {
            self = .pdf
        }
    }

    /// Of a file on this machine; see ``init(startingWith:)``.
    public init(ofFileAt path: String) throws(Failure) {
        let bytes: [UInt8]
        do { bytes = try File.read(path, limit: 8) } catch {
            throw .unavailable("The file could not be read. Please try again.", cause: error.description)
        }
        self.init(startingWith: bytes)
    }

    /// What a file of this kind is called after its point; empty for text.
    public var fileExtension: String { self == .pasted ? "" : rawValue.lowercased() }
}

/// A file's name that is safe in a header, in an address and on every file system: ASCII letters, digits, `-`
/// and `_`, and the extension that its bytes deserve.
public struct SafeFileName {
    public let text: String

    public init(_ given: String, _ kind: ResumeKind) {
        // What comes before the last slash or backslash was a folder of the sender's.
        let base = given.split { "/\\".contains($0) }.last.map(String.init) ?? ""
        let stem = base.lastIndex(of: ".").map { String(base[..<$0]) } ?? base
        let safe = stem.map { $0.isASCII && ($0.isLetter || $0.isNumber || "-_".contains($0)) ? $0 : "-" }
        let trimmed = String(safe.prefix(80)).drop { $0 == "-" }
        text = "\(trimmed.isEmpty ? "resume" : String(trimmed)).\(kind.fileExtension)"
    }
}
