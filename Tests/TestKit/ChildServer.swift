import Glibc

/// A server for tests: a Python script of `Tests/Servers`, run as a child process.
/// It writes its first line, which says where it listens, when it is ready, and
/// leaves when its standard input ends: with this object, or with the test.
public final class ChildServer {
    private let process: pid_t
    /// The other end of the process's standard input and output.
    private let connection: Int32

    public struct CouldNotStart: Error {
        let errno: Int32
    }

    /// - parameter script: the file's name in `Tests/Servers`.
    public init(_ script: String) throws(CouldNotStart) {
        let folder = String(#filePath.dropLast("TestKit/ChildServer.swift".count)) + "Servers"
        let arguments = ["/usr/bin/python3", "\(folder)/\(script)"]
        // One socket for both directions, that no other child inherits.
        var ends: [Int32] = [0, 0]
        let type = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        guard unsafe socketpair(AF_UNIX, type, 0, &ends) == 0 else { throw CouldNotStart(errno: errno) }
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        unsafe posix_spawn_file_actions_adddup2(&actions, ends[1], 0)
        unsafe posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
        var vector = unsafe arguments.map { unsafe strdup($0) } + [nil]
        var process: pid_t = 0
        let outcome = unsafe posix_spawn(&process, arguments[0], &actions, nil, &vector, environ)
        unsafe vector.forEach { unsafe free($0) }
        unsafe posix_spawn_file_actions_destroy(&actions)
        close(ends[1])
        (self.process, connection) = (process, ends[0])
        guard outcome == 0 else { throw CouldNotStart(errno: outcome) }
    }

    deinit {
        close(connection)
        waitpid(process, nil, 0)
    }

    /// The next line that the script writes; waits for it. Empty when it has ended.
    public func readLine() -> String {
        var line: [UInt8] = []
        var byte: UInt8 = 0
        while unsafe read(connection, &byte, 1) == 1, byte != UInt8(ascii: "\n") { line.append(byte) }
        return String(decoding: line, as: UTF8.self)
    }
}
