public import Endpoint
import Network
import ObjectStores
import POSIX
public import Storage
import Validation

/// Files that came along with a request.
extension StoredObjects {
    /// Takes a file out of the body that it came in.
    public func receive(_ file: SentFile) throws(Failure) -> ReceivedFile {
        switch store {
        case .local(let store): return try store.receive(file)
        case .remote: return try ReceivedFile(file, in: temporaryFolder)
        }
    }

    /// Keeps a file at a key that nothing has yet.
    public func keep(_ file: borrowing ReceivedFile, at key: String) throws(Failure) {
        switch store {
        case .local(let store): try store.keep(file, at: key)
        case .remote(let store):
            let bytes: [UInt8]
            do { bytes = try File.read(file.path) } catch { throw unreadable(error.description) }
            // What strangers sent is only ever saved, so its type says nothing.
            let request = store.put(
                key, contentType: "application/octet-stream", size: bytes.count, md5: ContentMD5(of: bytes),
                expires: Self.lifetime, now: .now)
            let reply = try send(request, content: bytes)
            guard [200, 201].contains(reply.status) else { throw refused(reply) }
        }
    }
}
