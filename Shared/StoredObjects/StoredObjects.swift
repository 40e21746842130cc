public import Endpoint
import Network
public import ObjectStores
import POSIX
import Storage
import Validation

/// Asks the store itself what it has. A store that cannot be reached is `UNAVAILABLE`, never "not there".
public final class StoredObjects {
    let store: BlobStore
    private let client = HTTPClient()
    private let temporaryFolder: String

    /// How long our own requests are good for, in seconds; clocks may differ by some of it.
    static let lifetime = 300
    /// What is fetched at a time, in bytes.
    private static let piece = 8 << 20

    public init(_ environment: Environment) throws(Failure) {
        store = try BlobStore(environment)
        temporaryFolder = environment["PARLEY_TEMPORARY"] ?? "/tmp"
    }

    /// An object as the store knows it.
    public struct Object: Sendable, Equatable {
        /// Bytes.
        public let size: Int
        /// Nil where the store keeps none.
        public let contentType: String?
    }

    /// What is at a key, or nil.
    public func find(_ key: String) throws(Failure) -> Object? {
        switch store {
        case .local(let store): return store.size(of: key).map { Object(size: $0, contentType: nil) }
        case .remote(let store):
            let reply = try send(store.head(key, expires: Self.lifetime, now: .now))
            if reply.status == 404 { return nil }
            guard reply.status == 200, let size = reply.headers["Content-Length"].flatMap(Int.init) else { throw refused(reply) }
            return Object(size: size, contentType: reply.headers["Content-Type"])
        }
    }

    /// The first bytes of an object.
    func start(of key: String, bytes: Int) throws(Failure) -> [UInt8] {
        switch store {
        case .local(let store):
            do { return try File.read(store.path(of: key), limit: bytes) } catch { throw unreadable(error.description) }
        case .remote(let store): return try fetch(key, 0...bytes - 1, from: store)
        }
    }

    /// Lends an object as a file: where it is, or a copy that is gone afterwards.
    public func withFile<Result>(of key: String, _ body: (String) throws(Failure) -> Result) throws(Failure) -> Result {
        switch store {
        case .local(let store): return try body(store.path(of: key))
        case .remote(let store):
            guard let object = try find(key) else { throw .notFound("recording") }
            let folder: TemporaryFolder
            do { folder = try TemporaryFolder(in: temporaryFolder) } catch { throw unreadable(error.description) }
            let path = "\(folder.path)/recording"
            for start in stride(from: 0, to: object.size, by: Self.piece) {
                let bytes = try fetch(key, start...min(start + Self.piece, object.size) - 1, from: store)
                do { try File.append(bytes, to: path) } catch { throw unreadable(error.description) }
            }
            let result = try body(path)
            _ = consume folder
            return result
        }
    }

    /// Removes an object. One that is not there is no failure.
    public func discard(_ key: String) throws(Failure) {
        switch store {
        case .local(let store): try store.discard(key)
        case .remote(let store):
            let reply = try send(store.delete(key, expires: Self.lifetime, now: .now))
            guard [200, 202, 204, 404].contains(reply.status) else { throw refused(reply) }
        }
    }

    // MARK: In parts

    /// Begins an upload in parts at a remote store.
    public func beginParts(_ key: String, contentType: String) throws(Failure) -> PartialUpload {
        let store = try remote()
        guard let request = store.beginParts(key, contentType: contentType, expires: Self.lifetime, now: .now) else {
            return PartialUpload(key: key, name: "")
        }
        let reply = try send(request)
        guard reply.status == 200, let name = store.uploadName(in: reply.body) else { throw refused(reply) }
        return PartialUpload(key: key, name: name)
    }

    /// What has arrived, in order; nil when the upload is over.
    public func parts(of upload: PartialUpload) throws(Failure) -> [StoredPart]? {
        let store = try remote()
        let reply = try send(store.listParts(of: upload, expires: Self.lifetime, now: .now))
        if reply.status == 404 { return nil }
        guard reply.status == 200 else { throw refused(reply) }
        return store.parts(in: reply.body)
    }

    /// Makes an object of the parts.
    public func completeParts(of upload: PartialUpload, _ parts: [StoredPart], contentType: String) throws(Failure) {
        let store = try remote()
        let reply = try send(
            store.completeParts(of: upload, parts, contentType: contentType, expires: Self.lifetime, now: .now))
        // S3 may find out that it failed after it has said 200.
        let isError = String(decoding: reply.body, as: UTF8.self).contains("<Error>")
        guard [200, 201].contains(reply.status), !isError else { throw refused(reply) }
    }

    /// Has the parts of an upload removed. One that is over is no failure.
    public func abandonParts(of upload: PartialUpload) throws(Failure) {
        guard let request = try remote().abandonParts(of: upload, expires: Self.lifetime, now: .now) else { return }
        let reply = try send(request)
        guard [200, 204, 404].contains(reply.status) else { throw refused(reply) }
    }

    private func remote() throws(Failure) -> any RemoteStore {
        guard case .remote(let store) = store else { throw .internal("the local store takes parts by tus alone") }
        return store
    }

    // MARK: Asking

    private func fetch(_ key: String, _ range: ClosedRange<Int>, from store: any RemoteStore) throws(Failure) -> [UInt8] {
        let reply = try send(store.get(key, range: range, expires: Self.lifetime, now: .now))
        if reply.status == 404 { throw .notFound("recording") }
        guard [200, 206].contains(reply.status) else { throw refused(reply) }
        return reply.body
    }

    func send(_ request: SignedRequest) throws(Failure) -> HTTPReply {
        guard let method = HTTPRequest.Method(rawValue: request.method) else { throw .internal("\(request.method) is no method") }
        var headers = HTTPHeaders()
        for header in request.headers { headers.add(header.name, header.value) }
        var asked = HTTPRequest(method, request.url, headers: headers, body: request.body)
        asked.replyLimit = Self.piece + 1 << 16
        do throws(NetworkError) { return try client.send(asked) } catch {
            // The address is a permission: neither it nor what libcurl says of it goes into a log.
            throw .unavailable(
                "The recordings' store cannot be reached. Please try again.", retryAfter: 10, cause: "store: \(error.code)")
        }
    }

    func refused(_ reply: HTTPReply) -> Failure {
        .unavailable(
            "The recordings' store did not do what was asked. Please try again.", retryAfter: 10,
            cause: "store answered \(reply.status) \(code(in: reply.body))")
    }

    /// The store's own word for what is wrong, such as `SignatureDoesNotMatch`.
    private func code(in body: [UInt8]) -> String {
        let text = String(decoding: body.prefix(4096), as: UTF8.self)
        guard let start = text.firstRange(of: "<Code>")?.upperBound, let end = text[start...].firstIndex(of: "<") else { return "" }
        return String(text[start..<end].filter { $0.isLetter || $0.isNumber }.prefix(60))
    }

    private func unreadable(_ cause: String) -> Failure {
        .unavailable("The recording could not be read. Please try again.", cause: cause)
    }
}
