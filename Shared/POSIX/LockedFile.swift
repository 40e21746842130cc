import CPOSIX
import Glibc

/// A file that only one process at a time may write to. The lock goes with the value, or with the
/// process if that ends first.
public struct LockedFile: ~Copyable {
    private var descriptor: CInt
    private let path: String

    /// Opens a file, which is made when there is none, and locks it.
    /// - Returns: nil when another process holds the lock, or has just put another file in its place.
    public init?(_ path: String) throws(SystemError) {
        self.path = path
        descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o640)
        guard descriptor >= 0 else { throw SystemError("open \(path)") }
        guard try Self.lock(descriptor, path), try inode == Self.inode(of: path) else { return nil }
    }

    deinit { close(descriptor) }

    private static func lock(_ descriptor: CInt, _ path: String) throws(SystemError) -> Bool {
        if parley_try_lock(descriptor) == 0 { return true }
        let code = errno
        guard code == EWOULDBLOCK else { throw SystemError("flock \(path)", code: code) }
        return false
    }

    private static func inode(of path: String) throws(SystemError) -> ino_t? {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else {
            guard errno == ENOENT else { throw SystemError("stat \(path)") }
            return nil
        }
        return status.st_ino
    }

    private var inode: ino_t { get throws(SystemError) { try status.st_ino } }

    /// The file's size in bytes.
    public var size: Int { get throws(SystemError) { Int(try status.st_size) } }

    private var status: stat { get throws(SystemError) { try Self.status(of: descriptor, path) } }

    private static func status(of descriptor: CInt, _ path: String) throws(SystemError) -> stat {
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw SystemError("fstat \(path)") }
        return status
    }

    /// Adds another file's bytes at the end. An empty file takes the other's place on the disk, so
    /// the other must not be written to any more; else the bytes are copied, in order. However this
    /// ends, what was added is a beginning of the other file.
    public mutating func append(contentsOf other: String) throws(SystemError) {
        let source = unsafe open(other, O_RDWR | O_CLOEXEC)
        guard source >= 0 else { throw SystemError("open \(other)") }
        var spare = source
        defer { close(spare) }
        if try size == 0, try Self.lock(source, other) {
            try File.setMode(other, 0o640)
            try File.exchange(path, for: other)
            (descriptor, spare) = (source, descriptor)
            return
        }
        try reserve(try Self.status(of: source, other).st_size)
        try copy(source, other)
    }

    /// Room found at once for all that will be added costs ext4 half of what it costs page by page.
    private func reserve(_ count: off_t) throws(SystemError) {
        guard count > 0, parley_reserve(descriptor, try status.st_size, count) != 0, errno != EOPNOTSUPP else { return }
        throw SystemError("fallocate \(path)")
    }

    // copy_file_range would copy page by page where the two cannot share blocks, as on ext4.
    private func copy(_ source: CInt, _ other: String) throws(SystemError) {
        guard lseek(descriptor, 0, SEEK_END) >= 0 else { throw SystemError("lseek \(path)") }
        var piece = [UInt8](repeating: 0, count: 1 << 18)
        while true {
            let count = unsafe read(source, &piece, piece.count)
            if count == 0 { return }
            if count > 0 { try write(piece.prefix(count)) } else if errno != EINTR { throw SystemError("read \(other)") }
        }
    }

    private func write(_ bytes: ArraySlice<UInt8>) throws(SystemError) {
        var rest = bytes
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count >= 0 { rest = rest.dropFirst(count) } else if errno != EINTR { throw SystemError("write \(path)") }
        }
    }
}
