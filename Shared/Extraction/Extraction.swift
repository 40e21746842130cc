public import Documents
import POSIX

/// Reads a document in this process, after giving up what it does not need. For the command
/// ReadDocument alone: everybody else uses `DocumentReader`.
public enum DocumentExtraction {
    /// - Parameters:
    ///   - path: a file of at most `DocumentReader.mostBytes`.
    ///   - folder: an empty folder for pictures of pages.
    ///   - recognizing: whether the characters are to be recognized from pictures of the pages.
    public static func answer(_ path: String, folder: String, recognizing: Bool) -> DocumentAnswer {
        do throws(DocumentProblem) {
            Confinement.limitMemory()
            try Confinement.enter(document: path, folder: folder)
            if recognizing { return .text(try PDFDocument(path).recognized(folder)) }
            let bytes: [UInt8]
            do {
                bytes = try File.read(path, limit: DocumentReader.mostBytes + 1)
            } catch {
                throw .toolFailed(detail: "\(error)")
            }
            switch try FileKind.of(bytes, at: path) {
            case .pdf:
                let document = try PDFDocument(path)
                return document.scanned.isEmpty ? .text(try document.text()) : .scan
            case .doc: return .text(try WordDocument.text(path))
            case .docx: return .text(try OfficeDocument.text(path))
            }
        } catch {
            return .problem(error)
        }
    }
}
