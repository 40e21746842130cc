import POSIX

/// What commands, which are not routes, have in common.
public enum Command {
    /// Prints a message to standard error and ends the process.
    public static func fail(_ message: String, status: Int32 = 1) -> Never {
        printError(message)
        exitProcess(status)
    }

    /// The text of a file, or the end of the process.
    public static func read(_ path: String) -> String {
        do { return String(decoding: try File.read(path), as: UTF8.self) } catch { fail("\(error)", status: 66) }
    }

    /// The value after `--name` on the command line.
    public static func option(_ name: String) -> String? {
        let arguments = CommandLine.arguments
        guard let index = arguments.firstIndex(of: "--\(name)"), index + 1 < arguments.count else { return nil }
        return arguments[index + 1]
    }
}
