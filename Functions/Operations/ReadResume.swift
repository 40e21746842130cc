import Documents
import Endpoint
import JSON
import POSIX
import Resumes
import Validation

/// Reads resumes by rules and prints what each says, where, and how sure that is: one JSON object a line.
/// Ends with 1 when a file could not be read; the others are read all the same.
///
///     ReadResume [--today YYYY-MM] [--reader COMMAND] FILE …
///
/// A file is a PDF, DOC or DOCX document, `*.txt`, or `*.json` as ReadDocument's text. COMMAND is the path
/// of ReadDocument where it does not lie beside this program.
@main enum ReadResume {
    private struct Line: Encodable {
        let file: String
        /// Nil when the document has no text for us.
        let reading: ResumeReading?
        let problem: String?
        /// From text to reading, in thousandths of a second.
        let milliseconds: Double?
    }

    static func main() {
        var arguments = Array(CommandLine.arguments.dropFirst())
        let today = option("--today", &arguments).map(month) ?? Month(of: .now)
        let documents = DocumentReader(command: option("--reader", &arguments))
        guard !arguments.isEmpty else {
            Command.fail("usage: ReadResume [--today YYYY-MM] [--reader COMMAND] FILE …", status: 64)
        }
        let reader = OfflineResumeReader(today: today)
        var unread = 0
        do {
            for path in arguments {
                let line = try line(path, documents, reader)
                if line.reading == nil { unread += 1 }
                try File.write(JSON.text(of: line) + [10], to: 1)
            }
        } catch {
            Command.fail("ReadResume: \(error)")
        }
        if unread > 0 { Command.fail("ReadResume: \(unread) of \(arguments.count) files could not be read") }
    }

    private static func line(_ path: String, _ documents: DocumentReader, _ reader: OfflineResumeReader) throws -> Line
    {
        let document: DocumentText
        do {
            document = try text(path, documents)
        } catch let problem as DocumentProblem {
            return Line(file: path, reading: nil, problem: problem.description, milliseconds: nil)
        }
        let start = Process.steadyClock
        let reading = reader.read(document)
        return Line(
            file: path, reading: reading, problem: nil, milliseconds: Double(Process.steadyClock - start) / 1_000_000)
    }

    private static func text(_ path: String, _ documents: DocumentReader) throws -> DocumentText {
        if path.hasSuffix(".txt") { return DocumentText(pasted: String(decoding: try File.read(path), as: UTF8.self)) }
        if path.hasSuffix(".json") {
            return try InputDecoder.decode(DocumentText.self, from: JSON(parsing: File.read(path)))
        }
        return try documents.read(path)
    }

    private static func option(_ name: String, _ arguments: inout [String]) -> String? {
        guard let index = arguments.firstIndex(of: name), index + 1 < arguments.count else { return nil }
        defer { arguments.removeSubrange(index...index + 1) }
        return arguments[index + 1]
    }

    private static func month(_ text: String) -> Month {
        let parts = text.split(separator: "-").compactMap { Int($0) }
        guard parts.count == 2, (1...12).contains(parts[1]) else {
            Command.fail("ReadResume: \(text) is not a month such as 2026-11", status: 64)
        }
        return Month(year: parts[0], month: parts[1])
    }
}
