import Documents
import Endpoint
import Extraction
import JSON
import POSIX

/// Reads one document in a process of its own.
///
///     ReadDocument PATH               print the text, and to standard error what the document hides
///     ReadDocument text PATH FOLDER   for `DocumentReader`: read the text layer
///     ReadDocument scan PATH FOLDER   for `DocumentReader`: recognize the characters on the pages
///
/// FOLDER is an empty folder that pictures of the pages may use.
@main enum ReadDocument {
    static func main() {
        let arguments = CommandLine.arguments.dropFirst()
        do {
            if arguments.count == 1, let path = arguments.first {
                let document = try DocumentReader().read(path)
                try File.write(Array("\(document.text)\n".utf8), to: 1)
                for hidden in document.hidden {
                    try File.write(Array("page \(hidden.page), \(hidden.reason): \(hidden.text)\n".utf8), to: 2)
                }
            } else if arguments.count == 3, let mode = arguments.first, ["text", "scan"].contains(mode) {
                let answer = DocumentExtraction.answer(arguments[2], folder: arguments[3], recognizing: mode == "scan")
                try File.write(JSON.text(of: answer) + [10], to: 1)
            } else {
                Command.fail("usage: ReadDocument PATH", status: 64)
            }
        } catch let problem as DocumentProblem {
            Command.fail("ReadDocument: \(problem)")
        } catch {
            Command.fail("ReadDocument: \(error)")
        }
    }
}
