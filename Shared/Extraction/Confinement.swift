import CConfinement
import Documents
import Glibc

/// Takes from this process and its children, for good, what nobody needs who reads a document.
///
/// seccomp refuses every socket, and the calls that could make one in another way or reach into
/// another process. Landlock leaves only the programs, the libraries and fonts in system folders, the
/// document, and one folder for pictures. Both work without privileges.
enum Confinement {
    /// Bytes of address space for this process itself; its children may have more.
    static let memory = 160 << 20

    /// Refused with EPERM.
    private static let refusedCalls = [
        "socket", "io_uring_setup", "ptrace", "process_vm_readv", "process_vm_writev", "pidfd_getfd", "bpf",
        "perf_event_open", "userfaultfd", "unshare", "setns", "mount", "add_key", "request_key", "keyctl",
    ]
    private static let readable = [
        "/usr", "/lib", "/lib64", "/bin", "/etc/fonts", "/etc/ld.so.cache", "/var/cache/fontconfig",
    ]

    /// Whether the kernel has Landlock; where it has none, other files are protected by their modes alone.
    static var hidesFiles: Bool { parley_landlock_version() > 0 }

    /// - Parameters:
    ///   - document: the one file that may be read.
    ///   - folder: the one folder in which files may be made.
    static func enter(document: String, folder: String) throws(DocumentProblem) {
        try refuseCalls()
        let version = parley_landlock_version()
        if version > 0 { try restrictFiles(to: document, folder, version: version) }
    }

    /// Lowers the soft limit alone, which `ChildProcess` sets anew for each program.
    static func limitMemory() {
        var limit = rlimit()
        guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0 else { return }
        limit.rlim_cur = min(limit.rlim_cur, UInt(memory))
        unsafe setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit)
    }

    private static func refuseCalls() throws(DocumentProblem) {
        // SCMP_ACT_ALLOW and SCMP_ACT_ERRNO of <seccomp.h>, which Swift does not import.
        guard let filter = unsafe seccomp_init(0x7FFF_0000) else { throw .toolFailed(detail: "seccomp_init") }
        defer { unsafe seccomp_release(filter) }
        for name in refusedCalls {
            let number = unsafe seccomp_syscall_resolve_name(name)
            // A call that this machine does not have needs no rule.
            guard number >= 0 else { continue }
            let code = unsafe seccomp_rule_add_array(filter, 0x0005_0000 | UInt32(EPERM), number, 0, nil)
            guard code == 0 else { throw .toolFailed(detail: "seccomp cannot refuse \(name): \(code)") }
        }
        let code = unsafe seccomp_load(filter)
        guard code == 0 else { throw .toolFailed(detail: "seccomp_load: \(code)") }
    }

    private static func restrictFiles(
        to document: String, _ folder: String, version: CInt
    ) throws(DocumentProblem) {
        // The rights of version 1 are bits 0 to 12; each of these versions brought one more.
        let all: UInt64 = version >= 3 ? 0x7FFF : version == 2 ? 0x3FFF : 0x1FFF
        let read: UInt64 = 1 << 2, write: UInt64 = 1 << 1, list: UInt64 = 1 << 3, execute: UInt64 = 1
        let rules = parley_landlock_forbid(all)
        guard rules >= 0 else { throw .toolFailed(detail: "Landlock: error \(errno)") }
        defer { close(rules) }
        for path in readable { try allow(read | list | execute, beneath: path, in: rules) }
        try allow(read, beneath: document, in: rules)
        try allow(read | write, beneath: "/dev/null", in: rules)
        try allow(all & ~execute, beneath: folder, in: rules)
        // So that `ChildProcess` can close what a child must not inherit.
        try allow(list, beneath: "/proc/self/fd", in: rules)
        guard parley_landlock_apply(rules) == 0 else { throw .toolFailed(detail: "Landlock: error \(errno)") }
    }

    /// A path that does not exist needs no rule.
    private static func allow(_ access: UInt64, beneath path: String, in rules: CInt) throws(DocumentProblem) {
        let parent = unsafe open(path, parley_open_path | O_CLOEXEC)
        guard parent >= 0 else { return }
        defer { close(parent) }
        var status = stat()
        let isFolder = unsafe fstat(parent, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
        // A file has no rights of folders.
        let rights = isFolder ? access : access & 0b111
        guard parley_landlock_allow(rules, parent, rights) == 0 else {
            throw .toolFailed(detail: "Landlock: \(path): error \(errno)")
        }
    }
}
