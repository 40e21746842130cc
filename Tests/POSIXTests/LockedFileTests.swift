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
            try file.append(contentsOf: "\(folder.path)/part")
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
            try file.append(contentsOf: part)
            let isFree = if try LockedFile(path) == nil { false } else { true }
            _ = try file.size
            return isFree
        }
        #expect(try !isFreeAfterAppending())
        // As nginx does with what it spooled.
        try File.remove(part)
        #expect(try File.read(path) == [1, 2, 3])
    }

    @Test func saysWhatIsMissing() throws {
        let folder = try TemporaryFolder(in: "/tmp")
        #expect(throws: SystemError.self) { _ = try LockedFile("\(folder.path)/none/file") }
    }
}
