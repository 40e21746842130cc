import Glibc

/// Why a program gave no result. A program that ran and failed is not an error here: see
/// `ChildProcess.Result.status`.
public enum ChildProcessError: Error, Equatable {
    case notFound(program: String)
    case notStarted(program: String, code: Int32)
    case timedOut(program: String)
    case tooMuchOutput(program: String)
}

/// Runs one program to its end: no shell, an empty standard input, bounded time, memory and
/// output. Whatever the program started in its process group ends with it.
public enum ChildProcess {
    public struct Limits: Sendable {
        /// Wall-clock seconds; then the process group is killed.
        public var seconds: Int
        /// Seconds of the processor, per process.
        public var processor: Int
        /// Bytes of address space per process.
        public var memory: Int
        /// Bytes of standard output; more is an error, not a cut.
        public var output: Int
        /// Bytes of any file the program writes.
        public var file: Int

        /// - Parameter processor: `seconds` unless said otherwise.
        public init(seconds: Int, processor: Int? = nil, memory: Int, output: Int, file: Int = 0) {
            self.seconds = seconds
            self.processor = processor ?? seconds
            self.memory = memory
            self.output = output
            self.file = file
        }
    }

    public struct Result: Sendable {
        /// The exit status, or 128 plus the signal that ended the program.
        public let status: Int32
        public let output: [UInt8]
        /// The first 4 KB of standard error.
        public let errors: String
    }

    /// - Parameter program: a name to look up in PATH, or an absolute path.
    public static func run(
        _ program: String, _ arguments: [String], limits: Limits
    ) throws(ChildProcessError) -> Result {
        let path = try locate(program)
        // util-linux applies the limits between fork and exec; `setpriv` also sees to it that the
        // program dies with this process and can gain no privileges.
        let command = [
            try locate("setpriv"), "--no-new-privs", "--pdeathsig", "KILL", "--",
            try locate("prlimit"), "--core=0", "--nofile=64", "--cpu=\(limits.processor)",
            "--as=\(limits.memory)", "--fsize=\(limits.file)", "--", path,
        ] + arguments
        var child = RunningChild(
            name: program, output: try Pipe(for: program), errors: try Pipe(for: program))
        try child.start(command)
        try child.collect(limits)
        return Result(
            status: child.end(), output: child.outputBytes,
            errors: String(decoding: child.errorBytes, as: UTF8.self))
    }

    /// The absolute path of the executable file that PATH names `program`.
    public static func locate(_ program: String) throws(ChildProcessError) -> String {
        if program.hasPrefix("/") { return program }
        let path = Process.environment["PATH"] ?? "/usr/bin:/bin"
        for folder in path.split(separator: ":") where folder.hasPrefix("/") {
            let candidate = "\(folder)/\(program)"
            if unsafe access(candidate, X_OK) == 0 { return candidate }
        }
        throw .notFound(program: program)
    }
}

/// A pipe whose open ends are closed when the value ends; no other child inherits them.
private struct Pipe: ~Copyable {
    /// -1 once closed.
    private(set) var reading: CInt
    private(set) var writing: CInt

    init(for program: String) throws(ChildProcessError) {
        var ends: [CInt] = [-1, -1]
        // pipe fills both elements, or neither.
        guard unsafe pipe(&ends) == 0 else { throw .notStarted(program: program, code: errno) }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        reading = ends[0]
        writing = ends[1]
    }

    mutating func closeWriting() {
        if writing >= 0 { close(writing) }
        writing = -1
    }

    /// What the pipe holds now; at its end, nothing, and the pipe is closed.
    mutating func readAvailable() -> [UInt8] {
        let descriptor = reading
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: 65536) { buffer, count in
            // read writes at most the capacity and returns how much it wrote.
            count = max(0, unsafe read(descriptor, buffer.baseAddress, 65536))
        }
        if bytes.isEmpty {
            close(reading)
            reading = -1
        }
        return bytes
    }

    deinit {
        for end in [reading, writing] where end >= 0 { close(end) }
    }
}

/// One child, its process group, and what it wrote. It is killed and reaped however this ends.
private struct RunningChild: ~Copyable {
    let name: String
    private var output: Pipe
    private var errors: Pipe
    private var process: pid_t?
    private(set) var outputBytes: [UInt8] = []
    private(set) var errorBytes: [UInt8] = []

    init(name: String, output: consuming Pipe, errors: consuming Pipe) {
        self.name = name
        self.output = output
        self.errors = errors
    }

    mutating func start(_ command: [String]) throws(ChildProcessError) {
        process = try spawn(command, name: name, output: output.writing, errors: errors.writing)
        output.closeWriting()
        errors.closeWriting()
    }

    /// Reads both pipes to their ends and waits for the program, or stops at a limit.
    mutating func collect(_ limits: ChildProcess.Limits) throws(ChildProcessError) {
        let deadline = Process.steadyClock + limits.seconds * 1_000_000_000
        while output.reading >= 0 || errors.reading >= 0 {
            let left = (deadline - Process.steadyClock) / 1_000_000
            guard left > 0 else { throw .timedOut(program: name) }
            // poll skips descriptor -1; it writes only `revents` of the two entries.
            var ready = [output.reading, errors.reading].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
            unsafe poll(&ready, 2, CInt(min(left, 1000)))
            if ready[0].revents != 0 { outputBytes += output.readAvailable() }
            if ready[1].revents != 0 { errorBytes += errors.readAvailable().prefix(4096 - errorBytes.count) }
            guard outputBytes.count <= limits.output else { throw .tooMuchOutput(program: name) }
        }
        while !hasExited {
            guard Process.steadyClock < deadline else { throw .timedOut(program: name) }
            usleep(2000)
        }
    }

    /// Whether the program ended; it stays a zombie, so its process group keeps its number.
    private var hasExited: Bool {
        guard let process else { return true }
        var information = unsafe siginfo_t()
        let status = unsafe waitid(P_PID, id_t(process), &information, WEXITED | WNOHANG | WNOWAIT)
        return unsafe status != 0 || information._sifields._kill.si_pid == process
    }

    /// Kills what is left of the process group and reaps the program.
    /// - Returns: the exit status, or 128 plus the signal that ended it.
    mutating func end() -> Int32 {
        guard let process else { return 0 }
        self.process = nil
        return killAndReap(process)
    }

    deinit {
        if let process { _ = killAndReap(process) }
    }
}

private func killAndReap(_ process: pid_t) -> Int32 {
    kill(-process, SIGKILL)
    var status: CInt = 0
    while unsafe waitpid(process, &status, 0) < 0, errno == EINTR {}
    let signal = status & 0x7F  // WTERMSIG and WEXITSTATUS of <sys/wait.h>
    return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
}

/// Starts a program in a process group of its own with only the given streams open.
private func spawn(
    _ command: [String], name: String, output: CInt, errors: CInt
) throws(ChildProcessError) -> pid_t {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    unsafe posix_spawn_file_actions_adddup2(&actions, output, 1)
    unsafe posix_spawn_file_actions_adddup2(&actions, errors, 2)
    // Sockets of this process must not reach a program that reads untrusted bytes.
    for descriptor in ((try? File.names(in: "/proc/self/fd")) ?? []).compactMap({ CInt($0) }) where descriptor > 2 {
        unsafe posix_spawn_file_actions_addclose(&actions, descriptor)
    }

    var attributes = posix_spawnattr_t()
    unsafe posix_spawnattr_init(&attributes)
    defer { unsafe posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    unsafe posix_spawnattr_setsigmask(&attributes, &signals)
    unsafe sigfillset(&signals)
    unsafe posix_spawnattr_setsigdefault(&attributes, &signals)
    let flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF
    unsafe posix_spawnattr_setflags(&attributes, Int16(flags))

    // strdup'd, so that they outlive the call; freed after it.
    let arguments: [UnsafeMutablePointer<CChar>?] = unsafe command.map { unsafe strdup($0) } + [nil]
    let variables = ["PATH=/usr/bin:/bin", "LC_ALL=C"]
    let environment: [UnsafeMutablePointer<CChar>?] = unsafe variables.map { unsafe strdup($0) } + [nil]
    defer { unsafe (arguments + environment).forEach { text in unsafe free(text) } }
    var process: pid_t = 0
    let code = unsafe posix_spawn(&process, command[0], &actions, &attributes, arguments, environment)
    guard code == 0 else { throw .notStarted(program: name, code: code) }
    return process
}
