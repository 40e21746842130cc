import Documents
import Endpoint
import Extraction
import JSON
import POSIX

/// Reads one document in a process of its own and prints what `DocumentReader`, which runs this, asks for.
///
///     ReadDocument text PATH FOLDER   read the text layer
///     ReadDocument scan PATH FOLDER   recognize the characters on pictures of the pages
///
/// FOLDER is an empty folder that the pictures may use.
@main enum ReadDocument {
    static func main() {
        let arguments = CommandLine.arguments
        guard arguments.count == 4, ["text", "scan"].contains(arguments[1]) else {
            Command.fail("usage: ReadDocument text|scan PATH FOLDER", status: 64)
        }
        let answer = DocumentExtraction.answer(arguments[2], folder: arguments[3], recognizing: arguments[1] == "scan")
        do {
            try File.write(JSON.text(of: answer) + [10], to: 1)
        } catch {
            Command.fail("ReadDocument: \(error)")
        }
    }
}
