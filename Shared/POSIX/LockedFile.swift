import CPOSIX
import Glibc

/// A file that only one process at a time may write to. The lock goes with the value, or with the
/// process if that ends first.
public struct LockedFile: ~Copyable {
    private let descriptor: CInt
    private let path: String

    /// Opens a file, which is made when there is none, and locks it.
    /// - Returns: nil when another process holds the lock.
    public init?(_ path: String) throws(SystemError) {
        self.path = path
        descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o640)
        guard descriptor >= 0 else { throw SystemError("open \(path)") }
        guard parley_try_lock(descriptor) == 0 else {
            let code = errno
            guard code == EWOULDBLOCK else { throw SystemError("flock \(path)", code: code) }
            return nil
        }
    }

    deinit { close(descriptor) }

    /// The file's size in bytes.
    public var size: Int {
        get throws(SystemError) {
            var status = stat()
            guard unsafe fstat(descriptor, &status) == 0 else { throw SystemError("fstat \(path)") }
            return Int(status.st_size)
        }
    }

    /// Adds another file's bytes at the end. They are copied in order and inside the kernel: however
    /// this ends, what was added is a beginning of the other file.
    public func append(contentsOf other: String) throws(SystemError) {
        let source = unsafe open(other, O_RDONLY | O_CLOEXEC)
        guard source >= 0 else { throw SystemError("open \(other)") }
        defer { close(source) }
        var end = Int64(try size)
        while true {
            let count = unsafe copy_file_range(source, nil, descriptor, &end, 1 << 30, 0)
            if count == 0 { return }
            if count < 0, errno != EINTR { throw SystemError("copy_file_range \(other)") }
        }
    }
}
