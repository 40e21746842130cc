import CPOSIX
import Glibc

/// A file that only one process at a time may write to. The lock goes with the value, or with the
/// process if that ends first; what that had not finished adding, the next to lock it takes back.
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
        if let length = try markedLength { try takeBack(to: length) }
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

    private var inode: ino_t { get throws(SystemError) { try Self.status(of: descriptor, path).st_ino } }

    /// The file's size in bytes.
    public var size: Int { get throws(SystemError) { Int(try Self.status(of: descriptor, path).st_size) } }

    private static func status(of descriptor: CInt, _ path: String) throws(SystemError) -> stat {
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw SystemError("fstat \(path)") }
        return status
    }

    // MARK: Adding

    /// Adds all of another file's bytes at the end, or none when they turn out not to be right.
    ///
    /// An empty file takes the other's place on the disk, so the other must not be written to any
    /// more; else the bytes are copied, which for that are read once: they are seen as they are added.
    ///
    /// - Parameters:
    ///   - see: is given the bytes in order, piece by piece.
    ///   - isRight: is asked when it has seen all.
    /// - Returns: whether they were right.
    public mutating func append(
        contentsOf other: String, seeing see: (ArraySlice<UInt8>) -> Void = { _ in }, if isRight: () -> Bool = { true }
    ) throws(SystemError) -> Bool {
        let source = unsafe open(other, O_RDWR | O_CLOEXEC)
        guard source >= 0 else { throw SystemError("open \(other)") }
        var spare = source
        defer { close(spare) }
        let length = try size
        if length == 0, try Self.lock(source, other) {
            try Self.read(source, other) { piece in see(piece) }
            guard isRight() else { return false }
            try File.setMode(other, 0o640)
            try File.exchange(path, for: other)
            (descriptor, spare) = (source, descriptor)
            return true
        }
        guard try mark(length) else { return try append(source, other, seeing: see, if: isRight) }
        try add(source, other, seeing: see)
        guard isRight() else {
            try takeBack(to: length)
            return false
        }
        try unmark()
        return true
    }

    /// The same where nothing can be marked: the bytes are read twice.
    private func append(
        _ source: CInt, _ other: String, seeing see: (ArraySlice<UInt8>) -> Void, if isRight: () -> Bool
    ) throws(SystemError) -> Bool {
        try Self.read(source, other) { piece in see(piece) }
        guard isRight() else { return false }
        guard lseek(source, 0, SEEK_SET) == 0 else { throw SystemError("lseek \(other)") }
        try add(source, other) { _ in }
        return true
    }

    private func add(_ source: CInt, _ other: String, seeing see: (ArraySlice<UInt8>) -> Void) throws(SystemError) {
        let end = lseek(descriptor, 0, SEEK_END)
        guard end >= 0 else { throw SystemError("lseek \(path)") }
        let count = try Self.status(of: source, other).st_size
        // Room found at once for all of it costs ext4 half as much as page by page.
        if count > 0, parley_reserve(descriptor, end, count) != 0, errno != EOPNOTSUPP { throw SystemError("fallocate \(path)") }
        try Self.read(source, other) { piece throws(SystemError) in
            see(piece)
            try write(piece)
        }
    }

    // copy_file_range would copy page by page where the two cannot share blocks, as on ext4.
    private static func read(
        _ source: CInt, _ name: String, _ body: (ArraySlice<UInt8>) throws(SystemError) -> Void
    ) throws(SystemError) {
        var piece = [UInt8](repeating: 0, count: 1 << 18)
        while true {
            let count = unsafe Glibc.read(source, &piece, piece.count)
            if count == 0 { return }
            if count > 0 { try body(piece.prefix(count)) } else if errno != EINTR { throw SystemError("read \(name)") }
        }
    }

    private func write(_ bytes: ArraySlice<UInt8>) throws(SystemError) {
        var rest = bytes
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count >= 0 { rest = rest.dropFirst(count) } else if errno != EINTR { throw SystemError("write \(path)") }
        }
    }

    // MARK: Taking back

    /// The attribute of a file that says how long it was before what is being added.
    private static let attribute = "user.parley.length"

    /// - Returns: false where the file system has no attributes.
    private func mark(_ length: Int) throws(SystemError) -> Bool {
        let text = Array(String(length).utf8)
        if unsafe fsetxattr(descriptor, Self.attribute, text, text.count, 0) == 0 { return true }
        guard errno == ENOTSUP else { throw SystemError("fsetxattr \(path)") }
        return false
    }

    private var markedLength: Int? {
        get throws(SystemError) {
            var text = [UInt8](repeating: 0, count: 20)
            let count = unsafe fgetxattr(descriptor, Self.attribute, &text, text.count)
            if count >= 0 { return Int(String(decoding: text.prefix(count), as: UTF8.self)) }
            guard errno == ENODATA || errno == ENOTSUP else { throw SystemError("fgetxattr \(path)") }
            return nil
        }
    }

    /// The mark goes last, so that a crash in between leaves something to go on with.
    private func takeBack(to length: Int) throws(SystemError) {
        guard ftruncate(descriptor, off_t(length)) == 0 else { throw SystemError("ftruncate \(path)") }
        try unmark()
    }

    private func unmark() throws(SystemError) {
        guard unsafe fremovexattr(descriptor, Self.attribute) == 0 else { throw SystemError("fremovexattr \(path)") }
    }
}
