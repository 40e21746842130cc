public import Endpoint
public import JSON
public import ObjectStores
public import Validation

/// Where recordings are kept, for those who hand out addresses; `StoredObjects` asks the store itself.
public enum BlobStore: Sendable {
    case local(LocalStore)
    case remote(any RemoteStore)

    /// - Throws: `UNAVAILABLE` when a setting is missing or a secret cannot be read.
    public init(_ environment: Environment) throws(Failure) {
        switch try BlobSetting(environment) {
        case .local: self = .local(try LocalStore(environment))
        case .remote(let store): self = .remote(store)
        }
    }

    public var isRemote: Bool {
        switch self {
        case .local: false
        case .remote: true
        }
    }

    /// What providers call the place when they tell of objects. The local store, which has no such name, is `local`.
    public var bucket: String {
        switch self {
        case .local: "local"
        case .remote(let store): store.bucket
        }
    }

    /// The address of an object, without permission to read it.
    public func url(of key: String) -> String {
        switch self {
        case .local(let store): store.url(of: key)
        case .remote(let store): store.url(of: key)
        }
    }

    /// The address to play an object from, and when it stops working.
    public func playbackURL(of key: String, now: Timestamp = .now) -> (url: String, expires: Timestamp) {
        switch self {
        case .local(let store): return store.playbackURL(of: key, now: now)
        case .remote(let store):
            let lifetime = LocalStore.playbackLifetime
            return (store.playbackURL(of: key, expires: lifetime, now: now), now.adding(seconds: lifetime))
        }
    }

    /// An address that makes a browser save an object under a name, and when it stops working.
    /// - Parameter name: ASCII letters, digits, `-`, `_` and `.`.
    public func downloadURL(of key: String, as name: String, now: Timestamp = .now) -> (url: String, expires: Timestamp) {
        switch self {
        case .local(let store): return store.downloadURL(of: key, as: name, now: now)
        case .remote(let store):
            let lifetime = LocalStore.downloadLifetime
            return (store.download(key, as: name, expires: lifetime, now: now), now.adding(seconds: lifetime))
        }
    }

    /// What a browser sends to store one object whole.
    public func upload(_ grant: LocalStore.Grant, now: Timestamp = .now) -> UploadRequest {
        switch self {
        case .local(let store):
            return UploadRequest(
                method: "PUT", url: store.uploadURL(grant), headers: UploadHeaders(["Content-Type": .string(grant.contentType)]))
        case .remote(let store):
            return UploadRequest(
                store.put(
                    grant.key, contentType: grant.contentType, size: grant.size, md5: grant.md5,
                    expires: grant.expires.seconds - now.seconds, now: now))
        }
    }
}

/// A request by which a browser stores something; its body is what is stored.
public struct UploadRequest: Codable, Sendable {
    public let method: String
    public let url: String
    public let headers: UploadHeaders

    init(method: String, url: String, headers: UploadHeaders) {
        self.method = method
        self.url = url
        self.headers = headers
    }

    public init(_ request: SignedRequest) {
        self.init(
            method: request.method, url: request.url,
            headers: UploadHeaders(.object(request.headers.map { .init($0.name, .string($0.value)) })))
    }
}

/// The headers that a request must have: an object of texts by name.
public struct UploadHeaders: Wrapper {
    public let value: JSON

    init(_ value: JSON) { self.value = value }

    public init(from decoder: any Decoder) throws {
        guard let input = decoder as? InputDecoder else { throw Refusal("can only be read from JSON") }
        value = input.json
    }

    public func encode(to encoder: any Encoder) throws { try value.encode(to: encoder) }

    public static var example: Self { Self(["Content-Type": "video/webm"]) }
    public static var schema: JSON { ["type": "object", "additionalProperties": ["type": "string"]] }
}
