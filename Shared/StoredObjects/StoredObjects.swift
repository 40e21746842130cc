public import Endpoint
import Network
public import ObjectStores
import POSIX
public import Storage
import Validation

/// Asks the store itself what it has. A store that cannot be reached is `UNAVAILABLE`, never "not there".
public final class StoredObjects {
    public let store: BlobStore
    let temporaryFolder: String
    private let client = HTTPClient()

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
        /// Nil where the store keeps none.
        public let tag: EntityTag?
        /// Nil where the store tells of none.
        let digest: StoredDigest?
    }

    /// What is at a key, or nil.
    public func find(_ key: String) throws(Failure) -> Object? {
        switch store {
        case .local(let store): return store.size(of: key).map { Object(size: $0, contentType: nil, tag: nil, digest: nil) }
        case .remote(let store):
            let reply = try send(store.head(key, expires: Self.lifetime, now: .now))
            if reply.status == 404 { return nil }
            guard reply.status == 200, let size = reply.headers["Content-Length"].flatMap({ Int($0) }) else { throw refused(reply) }
            return Object(
                size: size, contentType: reply.headers["Content-Type"] ?? "", tag: reply.headers["ETag"].flatMap(EntityTag.init),
                digest: store.digest { reply.headers[$0] })
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
            guard let object = try find(key) else { throw .notFound("file") }
            let folder: TemporaryFolder
            do { folder = try TemporaryFolder(in: temporaryFolder) } catch { throw unreadable(error.description) }
            let path = "\(folder.path)/object"
            for start in stride(from: 0, to: object.size, by: Self.piece) {
                let bytes = try fetch(key, start...min(start + Self.piece, object.size) - 1, from: store)
                do { try File.append(bytes, to: path) } catch { throw unreadable(error.description) }
            }
            let result = try body(path)
            _ = consume folder
            return result
        }
    }

    private func fetch(_ key: String, _ range: ClosedRange<Int>, from store: any RemoteStore) throws(Failure) -> [UInt8] {
        let reply = try send(store.get(key, range: range, expires: Self.lifetime, now: .now))
        if reply.status == 404 { throw .notFound("file") }
        guard [200, 206].contains(reply.status), reply.body.count == range.count else { throw refused(reply) }
        return reply.body
    }

    // MARK: Asking

    /// - Parameter content: the body, instead of the request's own.
    func send(_ request: SignedRequest, content: [UInt8]? = nil) throws(Failure) -> HTTPReply {
        guard let method = HTTPRequest.Method(rawValue: request.method) else { throw .internal("\(request.method) is no method") }
        var headers = HTTPHeaders()
        for header in request.headers { headers.add(header.name, header.value) }
        var asked = HTTPRequest(method, request.url, headers: headers, body: content ?? request.body)
        asked.replyLimit = Self.piece + 1 << 16
        do throws(NetworkError) { return try client.send(asked) } catch {
            // The address is a permission: neither it nor what libcurl says of it goes into a log.
            throw .unavailable(
                "The store of files cannot be reached. Please try again.", retryAfter: 10, cause: "store: \(error.code)")
        }
    }

    func refused(_ reply: HTTPReply) -> Failure {
        .unavailable(
            "The store of files did not do what was asked. Please try again.", retryAfter: 10,
            cause: "store answered \(reply.status) \(code(in: reply.body))")
    }

    /// The store's own word for what is wrong, such as `SignatureDoesNotMatch`, in XML or JSON.
    private func code(in body: [UInt8]) -> String {
        let text = String(decoding: body.prefix(4096), as: UTF8.self)
        guard let start = (text.firstRange(of: "<Code>") ?? text.firstRange(of: "\"code\":\""))?.upperBound,
            let end = text[start...].firstIndex(where: { "<\"".contains($0) })
        else { return "" }
        return String(text[start..<end].filter { $0.isLetter || $0.isNumber }.prefix(60))
    }

    func unreadable(_ cause: String) -> Failure {
        .unavailable("The file could not be read. Please try again.", cause: cause)
    }
}
