import Crypto
public import Endpoint
import POSIX
public import Validation

/// A file that came along with a request, as a file of its own until it is kept. Gone with the value.
public struct ReceivedFile: ~Copyable {
    public let path: String
    /// In bytes.
    public let size: Int
    public let sha256: [UInt8]

    /// Takes a file out of the body that it came in.
    public init(_ file: SentFile, in folder: String) throws(Failure) {
        let path = "\(folder)/\(Identifier.new())"
        do {
            try File.copy(file.range, of: file.spool, to: path)
            sha256 = try SHA256.hash(file: path)
        } catch {
            try? File.remove(path)
            throw .unavailable("The file could not be received. Please try again.", cause: "\(error)")
        }
        self.path = path
        size = file.range.count
    }

    deinit { try? File.remove(path) }
}

extension LocalStore {
    /// How long an address to open a file at works, in seconds.
    public static let downloadLifetime = 60

    /// Takes a file out beside the objects, so that keeping it is a link.
    public func receive(_ file: SentFile) throws(Failure) -> ReceivedFile { try ReceivedFile(file, in: spool) }

    /// Keeps a file at a key that nothing has yet.
    public func keep(_ file: borrowing ReceivedFile, at key: String) throws(Failure) { try place(file.path, at: key) }

    /// An address that makes a browser save an object under a name, and when it stops working.
    /// - Parameter name: ASCII letters, digits, `-`, `_` and `.`.
    public func downloadURL(of key: String, as name: String, now: Timestamp = .now) -> (url: String, expires: Timestamp) {
        let expires = now.adding(seconds: Self.downloadLifetime)
        // What nginx's secure_link_md5 is told to compare with.
        let hash = MD5.hash("\(expires.seconds) /documents/\(key) \(name) \(playbackSecret)".utf8)
        let address = "\(baseURL)/documents/\(key)?expires=\(expires.seconds)&name=\(name)"
        return ("\(address)&signature=\(Base64URL.encode(hash))", expires)
    }
}
