import Documents
import Glibc
import POSIX

/// Runs the programs that read documents, within the limits and the confinement of this process.
enum Tool {
    /// Bytes of address space for a program; with `Confinement.memory` that makes 512 MB.
    static let memory = DocumentReader.memory

    /// - Parameters:
    ///   - seconds: of the processor; of time as many, but where `patience` grants more.
    ///   - file: most bytes of a file that the program may write.
    /// - Returns: what it printed and its first complaints, when it said that it succeeded.
    static func run(
        _ program: String, _ arguments: [String], seconds: Int = 10, patience: Int? = nil, output: Int = 64 << 20,
        file: Int = 0
    ) throws(DocumentProblem) -> (output: [UInt8], errors: String) {
        let result: ChildProcess.Result
        do throws(ChildProcessError) {
            result = try ChildProcess.run(
                program, arguments,
                limits: .init(
                    seconds: patience ?? seconds, processor: min(seconds, ownSeconds), memory: memory, output: output,
                    file: file))
        } catch {
            switch error {
            case .timedOut, .tooMuchOutput: throw .tooComplex
            case .notFound, .notStarted: throw .toolFailed(detail: "\(error)")
            }
        }
        if result.status == 0 { return (result.output, result.errors) }
        // The programs that set the limits failed.
        if ["prlimit:", "setpriv:"].contains(where: result.errors.hasPrefix) { throw .toolFailed(detail: result.errors) }
        if result.errors.contains("Incorrect password") { throw .encrypted }
        // Aborted, killed by a limit, or refused more memory.
        let isStarved = ["memory", "alloc"].contains { result.errors.lowercased().contains($0) }
        throw result.status >= 128 || isStarved ? .tooComplex : .damaged
    }

    /// The processor time that this process may use, which no child can exceed.
    private static var ownSeconds: Int {
        var limit = rlimit()
        guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_CPU.rawValue), &limit) == 0 else { return .max }
        return Int(clamping: limit.rlim_cur)
    }
}
