import Documents
import Glibc
import POSIX
import Testing

@testable import Extraction

/// What is left to a process that reads a document, and to the programs that it starts.
@Suite struct ConfinementTests {
    @Test func nothingCanBeConnectedTo() async {
        await #expect(processExitsWith: .success) {
            let prisoner = try Prisoner()
            try prisoner.expect(prisoner.canConnect && prisoner.childCanConnect, "connections work before")
            try prisoner.enter()
            try prisoner.expect(!prisoner.canConnect, "this process connected")
            try prisoner.expect(!prisoner.childCanConnect, "a child connected")
            try prisoner.expect(socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0) < 0, "a unix socket was made")
        }
    }

    @Test(.enabled(if: Confinement.hidesFiles)) func noOtherFileCanBeRead() async {
        await #expect(processExitsWith: .success) {
            let prisoner = try Prisoner()
            let other = "\(prisoner.folder)/../other"
            try File.replace(other, with: [1])
            defer { try? File.remove(other) }
            try prisoner.expect(prisoner.childPrints(other), "the file can be read before")
            try prisoner.enter()
            try prisoner.expect(!prisoner.childPrints(other), "a child read another file")
            try prisoner.expect(!prisoner.childPrints("/etc/passwd"), "a child read a file of the system")
            try prisoner.expect(!prisoner.childPrints("/proc/1/environ"), "a child read another process's secrets")
            try prisoner.expect(prisoner.childPrints(prisoner.document), "a child cannot read the document")
            try prisoner.expect((try? File.replace("/tmp/parley-was-here", with: [1])) == nil, "a file was made outside")
            try File.replace("\(prisoner.folder)/picture", with: [1])
        }
    }

    @Test func memoryIsLimited() async {
        await #expect(processExitsWith: .success) {
            let prisoner = try Prisoner()
            Confinement.limitMemory()
            let block = unsafe mmap(nil, Confinement.memory, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
            try prisoner.expect(unsafe block == MAP_FAILED, "more memory was given than there is")
        }
    }
}

/// Lives in the child process of one test.
private final class Prisoner: Sendable {
    struct Escape: Error { let message: String }

    let folder: String
    let document: String
    private let port: UInt16

    init() throws {
        folder = "/tmp/parley-prisoner-\(getpid())"
        document = "/tmp/parley-prisoner-\(getpid()).pdf"
        try File.makeFolder(folder)
        try File.replace(document, with: Array("text".utf8))
        // Listens on a free port of the loopback interface as long as this process lives.
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = Self.loopback(0)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe bind(listener, $0, length) | listen(listener, 8) | getsockname(listener, $0, &length)
            }
        }
        guard status == 0 else { throw Escape(message: "no listener") }
        port = UInt16(bigEndian: address.sin_port)
    }

    func enter() throws(DocumentProblem) { try Confinement.enter(document: document, folder: folder) }

    func expect(_ condition: Bool, _ message: String) throws {
        guard condition else { throw Escape(message: message) }
    }

    var canConnect: Bool {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = Self.loopback(port)
        return unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }

    /// bash connects when it opens such a path.
    var childCanConnect: Bool { succeeds("bash", ["-c", "exec 3<>/dev/tcp/127.0.0.1/\(port)"]) }

    func childPrints(_ path: String) -> Bool { succeeds("cat", [path]) }

    private func succeeds(_ program: String, _ arguments: [String]) -> Bool {
        let limits = ChildProcess.Limits(seconds: 10, memory: 128 << 20, output: 1 << 20)
        return (try? ChildProcess.run(program, arguments, limits: limits))?.status == 0
    }

    private static func loopback(_ port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        address.sin_port = port.bigEndian
        return address
    }
}
