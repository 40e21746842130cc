import Glibc

/// A file open for reading, closed when it goes out of scope.
struct FileReader: ~Copyable {
    private let descriptor: Int32
    private let path: String

    init(_ path: String) throws(CryptoError) {
        self.path = path
        descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .unreadable(path: path, reason: systemError()) }
    }

    deinit { _ = close(descriptor) }

    /// The file's type and permission bits (`st_mode`).
    func mode() throws(CryptoError) -> mode_t {
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else {
            throw .unreadable(path: path, reason: systemError())
        }
        return status.st_mode
    }

    /// Goes on reading from an offset in bytes.
    func skip(to offset: Int) throws(CryptoError) {
        guard offset == 0 || lseek(descriptor, offset, SEEK_SET) == offset else {
            throw .unreadable(path: path, reason: systemError())
        }
    }

    /// Fills `buffer` with the next bytes.
    /// - Returns: how many came; 0 only at the end of the file.
    func read(into buffer: inout [UInt8]) throws(CryptoError) -> Int {
        var count: Int
        repeat {
            count = unsafe Glibc.read(descriptor, &buffer, buffer.count)
        } while count < 0 && errno == EINTR
        guard count >= 0 else { throw .unreadable(path: path, reason: systemError()) }
        return count
    }
}

private func systemError() -> String {
    unsafe String(cString: strerror(errno))
}
