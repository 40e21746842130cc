import CPOSIX
import Glibc

/// A system call that failed, with its errno.
public struct SystemError: Error, Sendable, CustomStringConvertible {
    public let code: CInt
    public let operation: String

    public init(_ operation: String, code: CInt) {
        self.operation = operation
        self.code = code
    }

    /// The failure that the C library just noted in errno.
    init(_ operation: String) { self.init(operation, code: errno) }

    public var description: String {
        guard let text = unsafe strerror(code) else { return "\(operation): error \(code)" }
        return unsafe "\(operation): \(String(cString: text))"
    }
}

/// Whole files, by path.
public enum File {
    /// The first `limit` bytes of a file, or all of it when it is shorter.
    public static func read(_ path: String, limit: Int = .max) throws(SystemError) -> [UInt8] {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw SystemError("open \(path)") }
        defer { close(descriptor) }
        return try read(descriptor, limit: limit)
    }

    /// Hands a file over piece by piece, so that one larger than memory can be gone through.
    public static func read(
        _ path: String, inPiecesOf size: Int, _ take: ([UInt8]) -> Void
    ) throws(SystemError) {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw SystemError("open \(path)") }
        defer { close(descriptor) }
        while true {
            let piece = try read(descriptor, limit: size)
            if piece.isEmpty { return }
            take(piece)
        }
    }

    /// What can be read from a descriptor up to its end, at most `limit` bytes.
    public static func read(_ descriptor: CInt, limit: Int = .max) throws(SystemError) -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < limit {
            let wanted = min(65536, limit - bytes.count)
            var code: CInt = 0
            let chunk = unsafe [UInt8](unsafeUninitializedCapacity: wanted) { buffer, count in
                let got = unsafe Glibc.read(descriptor, buffer.baseAddress, wanted)
                if got < 0 { code = errno }
                count = max(0, got)
            }
            if code == EINTR { continue }
            guard code == 0 else { throw SystemError("read", code: code) }
            if chunk.isEmpty { break }
            bytes += chunk
        }
        return bytes
    }

    /// Writes all bytes to a descriptor.
    public static func write(_ bytes: [UInt8], to descriptor: CInt) throws(SystemError) {
        var written = 0
        while written < bytes.count {
            let count = unsafe bytes.withUnsafeBytes { buffer in
                unsafe Glibc.write(descriptor, buffer.baseAddress?.advanced(by: written), buffer.count - written)
            }
            if count < 0 {
                guard errno == EINTR else { throw SystemError("write") }
                continue
            }
            written += count
        }
    }

    /// Adds bytes to the end of a file, which is made when there is none.
    public static func append(_ bytes: [UInt8], to path: String, mode: UInt32 = 0o600) throws(SystemError) {
        let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw SystemError("open \(path)") }
        defer { close(descriptor) }
        try write(bytes, to: descriptor)
    }

    /// Makes or replaces a file; readers see the old or the new one, never half of it.
    public static func replace(_ path: String, with bytes: [UInt8], mode: UInt32 = 0o644) throws(SystemError) {
        let temporary = "\(path).\(getpid()).new"
        let descriptor = unsafe open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw SystemError("open \(temporary)") }
        defer { close(descriptor) }
        try write(bytes, to: descriptor)
        guard unsafe rename(temporary, path) == 0 else { throw SystemError("rename \(path)") }
    }

    /// The names in a folder, sorted, without `.` and `..`.
    public static func names(in path: String) throws(SystemError) -> [String] {
        guard let folder = unsafe opendir(path) else { throw SystemError("opendir \(path)") }
        defer { unsafe closedir(folder) }
        var names: [String] = []
        while let entry = unsafe readdir(folder) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// What tells one version of a file from the next, or nil when there is no such file.
    public struct Version: Equatable, Sendable {
        let device: UInt
        let inode: UInt
        /// Nanoseconds since 1970.
        public let modified: Int
        public let size: Int
    }

    public static func version(of path: String) -> Version? {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { return nil }
        return Version(
            device: UInt(status.st_dev), inode: UInt(status.st_ino),
            modified: status.st_mtim.tv_sec * 1_000_000_000 + status.st_mtim.tv_nsec, size: Int(status.st_size))
    }

    /// Makes a folder and those above it that are missing.
    public static func makeFolder(_ path: String, mode: UInt32 = 0o755) throws(SystemError) {
        if unsafe mkdir(path, mode) == 0 || errno == EEXIST { return }
        guard errno == ENOENT, let slash = path.lastIndex(of: "/"), slash != path.startIndex else {
            throw SystemError("mkdir \(path)")
        }
        try makeFolder(String(path[..<slash]), mode: mode)
        guard unsafe mkdir(path, mode) == 0 || errno == EEXIST else { throw SystemError("mkdir \(path)") }
    }

    /// Whether this process may make files in a folder.
    public static func isWritableFolder(_ path: String) -> Bool { unsafe access("\(path)/.", W_OK | X_OK) == 0 }

    /// Gives an existing file a second name, replacing whatever has that name now.
    public static func link(_ existing: String, as path: String) throws(SystemError) {
        let temporary = "\(path).\(getpid()).new"
        unsafe unlink(temporary)
        guard unsafe Glibc.link(existing, temporary) == 0 else { throw SystemError("link \(path)") }
        guard unsafe rename(temporary, path) == 0 else { throw SystemError("rename \(path)") }
        // rename does nothing when both names already are the same file.
        unsafe unlink(temporary)
    }

    /// Gives an existing file a second name, which another file has now, in one step.
    ///
    /// Where the file system can, the two names change places before the other goes: ext4 writes a file to
    /// the disk at once when it replaces another, and until it has, no transaction of the database ends.
    public static func exchange(_ path: String, for existing: String) throws(SystemError) {
        let temporary = "\(path).\(getpid()).new"
        unsafe unlink(temporary)
        guard unsafe Glibc.link(existing, temporary) == 0 else { throw SystemError("link \(path)") }
        let exchanged = unsafe parley_exchange(temporary, path) == 0
        guard exchanged || errno == EINVAL else { throw SystemError("renameat2 \(path)") }
        if !exchanged, unsafe rename(temporary, path) != 0 { throw SystemError("rename \(path)") }
        unsafe unlink(temporary)
    }

    /// Makes a file of a part of another one, piece by piece.
    ///
    /// - Parameter range: offsets in bytes, none beyond the end of `existing`.
    public static func copy(_ range: Range<Int>, of existing: String, to path: String, mode: UInt32 = 0o640) throws(SystemError) {
        let source = unsafe open(existing, O_RDONLY | O_CLOEXEC)
        guard source >= 0 else { throw SystemError("open \(existing)") }
        defer { close(source) }
        let target = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
        guard target >= 0 else { throw SystemError("open \(path)") }
        defer { close(target) }
        guard lseek(source, range.lowerBound, SEEK_SET) >= 0 else { throw SystemError("lseek \(existing)") }
        var left = range.count
        while left > 0 {
            let piece = try read(source, limit: min(left, 1 << 18))
            guard !piece.isEmpty else { throw SystemError("read \(existing)", code: EIO) }
            try write(piece, to: target)
            left -= piece.count
        }
    }

    /// Takes a name away from a file; one that is not there is no failure.
    public static func remove(_ path: String) throws(SystemError) {
        guard unsafe unlink(path) == 0 || errno == ENOENT else { throw SystemError("unlink \(path)") }
    }

    public static func setMode(_ path: String, _ mode: UInt32) throws(SystemError) {
        guard unsafe chmod(path, mode) == 0 else { throw SystemError("chmod \(path)") }
    }
}
