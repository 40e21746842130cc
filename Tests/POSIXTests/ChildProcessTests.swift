import Glibc
import POSIX
import Testing


@Suite struct ChildProcessTests {
    private let limits = ChildProcess.Limits(seconds: 20, memory: 1 << 30, output: 1 << 20, file: 1 << 20)

    @Test func givesOutputErrorsAndStatus() throws {
        let result = try ChildProcess.run("sh", ["-c", "echo out; echo err >&2; exit 3"], limits: limits)
        #expect(result.output == Array("out\n".utf8))
        #expect(result.errors == "err\n")
        #expect(result.status == 3)
    }

    @Test func argumentsReachTheProgramAsTheyAre() throws {
        let result = try ChildProcess.run("printf", ["%s|", "a b", "$HOME", "; exit 1", "'"], limits: limits)
        #expect(String(decoding: result.output, as: UTF8.self) == "a b|$HOME|; exit 1|'|")
    }

    @Test func standardInputIsEmpty() throws {
        #expect(try ChildProcess.run("cat", [], limits: limits).output.isEmpty)
    }

    @Test func reportsTheSignalThatEndedIt() throws {
        #expect(try ChildProcess.run("sh", ["-c", "kill -TERM $$"], limits: limits).status == 128 + 15)
    }

    @Test func passesOnNoDescriptor() throws {
        // A socket that a library opened without O_CLOEXEC.
        let inheritable = dup2(0, 40)
        defer { close(inheritable) }
        let result = try ChildProcess.run("sh", ["-c", "test -e /proc/$$/fd/1 && test ! -e /proc/$$/fd/40"], limits: limits)
        #expect(result.status == 0)
    }

    @Test func tellsAMissingProgram() {
        #expect(throws: ChildProcessError.notFound(program: "no-such-program")) {
            try ChildProcess.run("no-such-program", [], limits: limits)
        }
    }

    @Test func stopsEndlessOutput() {
        #expect(throws: ChildProcessError.tooMuchOutput(program: "yes")) {
            try ChildProcess.run("yes", [], limits: limits)
        }
    }

    @Test func refusesMemoryBeyondTheLimit() throws {
        let result = try ChildProcess.run(
            "dd", ["if=/dev/zero", "of=/dev/null", "bs=2G", "count=1"], limits: limits)
        #expect(result.status == 1)
        #expect(result.errors.contains("memory exhausted"))
    }

    @Test func killsTheWholeGroupWhenTimeIsOver() throws {
        let folder = try TemporaryFolder(in: "/tmp")
        var brief = limits
        brief.seconds = 1
        let script = "sleep 600 & echo $! > \(folder.path)/child; wait"
        #expect(throws: ChildProcessError.timedOut(program: "sh")) {
            try ChildProcess.run("sh", ["-c", script], limits: brief)
        }
        let child = String(decoding: try File.read("\(folder.path)/child"), as: UTF8.self).dropLast()
        #expect(hasEnded(child))
    }

    @Test func killsWhatOutlivesTheProgram() throws {
        let result = try ChildProcess.run(
            "sh", ["-c", "sleep 600 >/dev/null 2>&1 & echo $!"], limits: limits)
        let child = String(decoding: result.output, as: UTF8.self).dropLast()
        #expect(hasEnded(child))
    }

    /// Whether a killed process ends; its new parent may leave it a zombie. The kernel takes a moment.
    private func hasEnded(_ process: Substring) -> Bool {
        (0..<500).contains { _ in
            let state = (try? File.read("/proc/\(process)/stat")).map { String(decoding: $0, as: UTF8.self) }
            if state == nil || state!.contains(") Z ") { return true }
            usleep(10_000)
            return false
        }
    }

    @Test func temporaryFoldersArePrivateAndVanish() throws {
        let path: String
        do {
            let folder = try TemporaryFolder(in: "/tmp")
            path = folder.path
            try File.replace("\(path)/file", with: [1, 2, 3])
            let mode = try ChildProcess.run("stat", ["-c", "%a", path], limits: limits).output
            #expect(mode == Array("700\n".utf8))
        }
        #expect(File.version(of: path) == nil)
    }
}
