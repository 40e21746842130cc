import Glibc
import JSON
import POSIX
import Validation

/// Reads PDF, DOC and DOCX files whose bytes nobody has vouched for.
///
/// No byte of the file is looked at in this process: the command ReadDocument does it, which first
/// gives up the network and all files but this one. It gets 10 seconds; only the recognition of
/// scanned pages gets two minutes, in a second run, where each program has 10 seconds of the
/// processor. Together with the one program that it runs at a time it takes at most 512 MB.
public struct DocumentReader: Sendable {
    /// Larger files are not read, in bytes.
    public static let mostBytes = 10_000_000
    /// Documents with more pages are not read.
    public static let mostPages = 50

    /// What ReadDocument and each of its programs may take at most, in bytes of address space.
    public static let memory = 352 << 20

    /// The time that the recognition of scanned pages may take.
    public static let scanSeconds = 120

    private let command: String
    private let temporaryFolder: String
    private let seconds: Int

    /// - Parameters:
    ///   - command: the path of ReadDocument; it lies beside this executable unless said otherwise.
    ///   - temporaryFolder: an existing folder for pictures of the pages; nothing stays in it.
    ///   - seconds: of patience, but with scans.
    public init(command: String? = nil, temporaryFolder: String = "/tmp", seconds: Int = 10) {
        let program = Process.program
        let folder = program[..<(program.lastIndex(of: "/") ?? program.startIndex)]
        self.command = command ?? "\(folder)/ReadDocument"
        self.temporaryFolder = temporaryFolder
        self.seconds = seconds
    }

    /// - Parameter path: of a file; its name says nothing about its kind.
    public func read(_ path: String) throws(DocumentProblem) -> DocumentText {
        if let text = try readLayer(path) { return text }
        switch try run("scan", path, seconds: Self.scanSeconds) {
        case .text(let text): return text
        case .problem(let problem): throw problem
        case .scan: throw .toolFailed(detail: "ReadDocument asked for what it was doing")
        }
    }

    /// What takes no recognition: at most 10 seconds, and usually far less than one.
    /// - Returns: nil for a scan, which ``read(_:)`` recognizes.
    public func readLayer(_ path: String) throws(DocumentProblem) -> DocumentText? {
        guard let size = File.version(of: path)?.size else { throw .toolFailed(detail: "there is no file \(path)") }
        guard size > 0 else { throw .empty }
        guard size <= Self.mostBytes else { throw .tooLarge(mostBytes: Self.mostBytes) }
        switch try run("text", path, seconds: seconds) {
        case .text(let text): return text
        case .problem(let problem): throw problem
        case .scan: return nil
        }
    }

    private func run(_ mode: String, _ path: String, seconds: Int) throws(DocumentProblem) -> DocumentAnswer {
        // The programs that read it take what begins with "-" for an option.
        let path = path.hasPrefix("/") ? path : "./\(path)"
        let result: ChildProcess.Result
        do {
            let folder = try TemporaryFolder(in: temporaryFolder)
            result = try ChildProcess.run(
                command, [mode, path, folder.path],
                limits: .init(seconds: seconds, memory: Self.memory, output: 16 << 20, file: 32 << 20))
        } catch let error as ChildProcessError {
            switch error {
            case .timedOut, .tooMuchOutput: throw .tooComplex
            case .notFound, .notStarted: throw .toolFailed(detail: "\(error)")
            }
        } catch {
            throw .toolFailed(detail: "\(error)")
        }
        if Self.isEndedByLimit(result) { throw .tooComplex }
        do {
            return try InputDecoder.decode(DocumentAnswer.self, from: JSON(parsing: result.output))
        } catch {
            throw .toolFailed(detail: "ReadDocument: status \(result.status), \(error), \(result.errors)")
        }
    }

    /// Whether it asked for more memory or processor time than it may have: Swift traps then, and C
    /// libraries abort.
    private static func isEndedByLimit(_ result: ChildProcess.Result) -> Bool {
        [SIGXCPU, SIGKILL, SIGILL, SIGTRAP, SIGABRT, SIGSEGV, SIGXFSZ].contains { 128 + $0 == result.status }
    }
}
