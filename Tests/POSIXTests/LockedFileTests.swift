import POSIX
import Testing

@Suite struct LockedFileTests {
    @Test func onlyOneHoldsTheLock() throws {
        let folder = try TemporaryFolder(in: "/tmp")
        let path = "\(folder.path)/file"
        func isFree() throws -> Bool {
            guard let file = try LockedFile(path) else { return false }
            return try file.size == 0
        }
        func isFreeMeanwhile() throws -> Bool {
            guard let file = try LockedFile(path) else { throw SystemError("flock", code: 0) }
            let answer = try isFree()
            _ = try file.size
            return answer
        }
        #expect(try !isFreeMeanwhile())
        #expect(try isFree())
    }

    @Test func appendsOtherFiles() throws {
        let folder = try TemporaryFolder(in: "/tmp")
        let path = "\(folder.path)/whole"
        // Longer than a page, and not a multiple of one.
        let parts = [[UInt8](repeating: 1, count: 100_001), [], [UInt8](repeating: 2, count: 7)]
        for part in parts {
            try File.replace("\(folder.path)/part", with: part)
            guard var file = try LockedFile(path) else { throw SystemError("flock", code: 0) }
            let before = try file.size
            let isRight = try file.append(contentsOf: "\(folder.path)/part")
            #expect(isRight)
            let after = try file.size
            #expect(after == before + part.count)
        }
        #expect(try File.read(path) == parts.flatMap { $0 })
    }

    @Test func keepsTheLockOnWhatTookItsPlace() throws {
        let folder = try TemporaryFolder(in: "/tmp")
        let (path, part) = ("\(folder.path)/whole", "\(folder.path)/part")
        try File.replace(part, with: [1, 2, 3])
        func isFreeAfterAppending() throws -> Bool {
            guard var file = try LockedFile(path) else { throw SystemError("flock", code: 0) }
            _ = try file.append(contentsOf: part)
            let isFree = if try LockedFile(path) == nil { false } else { true }
            _ = try file.size
            return isFree
        }
        #expect(try !isFreeAfterAppending())
        // As nginx does with what it spooled.
        try File.remove(part)
        #expect(try File.read(path) == [1, 2, 3])
    }

    @Test func takesBackWhatIsNotRight() throws {
        let folder = try TemporaryFolder(in: "/tmp")
        let (path, part) = ("\(folder.path)/whole", "\(folder.path)/part")
        // An empty file takes another way than one that has bytes already.
        for (content, isRight) in [([9], false), ([1, 2], true), ([3], false), ([], false), ([4], true)] as [([UInt8], Bool)] {
            try File.replace(part, with: content)
            guard var file = try LockedFile(path) else { throw SystemError("flock", code: 0) }
            var seen: [UInt8] = []
            let answer = try file.append(contentsOf: part, seeing: { seen += $0 }, if: { isRight })
            #expect(answer == isRight && seen == content)
        }
        #expect(try File.read(path) == [1, 2, 4])
    }

    /// What a process leaves that is killed before it knew whether the bytes are right.
    @Test func theNextTakesBackWhatWasNotFinished() throws {
        let folder = try TemporaryFolder(in: "/tmp")
        let path = "\(folder.path)/whole"
        try File.replace(path, with: [1, 2, 3, 3, 3])
        let mark = "import os, sys; os.setxattr(sys.argv[1], 'user.parley.length', b'2')"
        let limits = ChildProcess.Limits(seconds: 20, memory: 1 << 30, output: 1 << 20, file: 1 << 20)
        #expect(try ChildProcess.run("python3", ["-c", mark, path], limits: limits).status == 0)
        func lock() throws {
            guard let file = try LockedFile(path) else { throw SystemError("flock", code: 0) }
            let size = try file.size
            #expect(size == 2)
        }
        try lock()
        #expect(try File.read(path) == [1, 2])
        // Once is enough.
        try lock()
    }

    @Test func saysWhatIsMissing() throws {
        let folder = try TemporaryFolder(in: "/tmp")
        #expect(throws: SystemError.self) { _ = try LockedFile("\(folder.path)/none/file") }
    }
}
