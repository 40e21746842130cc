import CPOSIX
import Glibc

/// This process: its time, memory, streams and children.
public enum Process {
    /// Microseconds since 1970-01-01T00:00:00Z by the system clock.
    public static var wallClock: Int { time(CLOCK_REALTIME) / 1000 }

    /// Nanoseconds of a clock that never jumps; only differences mean anything.
    public static var steadyClock: Int { time(CLOCK_MONOTONIC) }

    private static func time(_ clock: clockid_t) -> Int {
        var time = timespec()
        unsafe clock_gettime(clock, &time)
        return time.tv_sec * 1_000_000_000 + time.tv_nsec
    }

    /// Resident memory in bytes.
    public static var residentMemory: Int {
        guard let text = try? File.read("/proc/self/statm", limit: 256) else { return 0 }
        let pages = String(decoding: text, as: UTF8.self).split(separator: " ").dropFirst().first.flatMap { Int($0) }
        return (pages ?? 0) * Int(getpagesize())
    }

    /// The path of this program's file.
    public static let program: String = {
        let bytes = unsafe [CChar](unsafeUninitializedCapacity: 4096) { buffer, count in
            count = unsafe max(0, readlink("/proc/self/exe", buffer.baseAddress!, 4096))
        }.map { UInt8(bitPattern: $0) }
        return String(decoding: bytes, as: UTF8.self)
    }()

    /// All environment variables.
    public static var environment: [String: String] {
        var variables: [String: String] = [:]
        var next = unsafe environ
        while let entry = unsafe next.pointee {
            let text = unsafe String(cString: entry)
            if let equals = text.firstIndex(of: "=") {
                variables[String(text[..<equals])] = String(text[text.index(after: equals)...])
            }
            unsafe next = next.advanced(by: 1)
        }
        return variables
    }

    /// Makes standard output and standard error append to a file.
    public static func redirectOutput(to path: String) throws(SystemError) {
        try redirectErrors(to: path)
        guard dup2(2, 1) == 1 else { throw SystemError("dup2") }
    }

    /// Makes standard error append to a file.
    public static func redirectErrors(to path: String) throws(SystemError) {
        let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        guard descriptor >= 0 else { throw SystemError("open \(path)") }
        defer { close(descriptor) }
        guard dup2(descriptor, 2) == 2 else { throw SystemError("dup2") }
    }

    /// Runs `work` in a copy of this process, which then exits with 0.
    /// - Returns: the child's process id.
    public static func fork(_ work: () -> Void) throws(SystemError) -> Int32 {
        let child = Glibc.fork()
        guard child >= 0 else { throw SystemError("fork") }
        if child == 0 {
            work()
            _exit(0)
        }
        return child
    }

    /// One child that ended since the last call, if any.
    public static func reap() -> Int32? {
        var status: CInt = 0
        let child = unsafe waitpid(-1, &status, WNOHANG)
        return child > 0 ? child : nil
    }

    public static func terminate(_ process: Int32) { kill(process, SIGTERM) }

    /// Ends this process when the one that started it ends.
    public static func dieWithParent() { _ = parley_die_with_parent(SIGTERM) }
}

/// Ends this process.
public func exitProcess(_ status: Int32) -> Never { exit(status) }
