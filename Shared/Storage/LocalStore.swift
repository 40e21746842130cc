import Crypto
public import Endpoint
import Identity
public import ObjectStores
import POSIX
public import Validation

/// The blob store that comes with Parley: files that nginx receives and serves by itself.
///
/// An upload is a PUT to a signed URL, or a row of PATCHes that can be taken up again
/// (``ResumableUpload``); nginx spools each body and a function only links or joins the files.
/// Playback is a GET that nginx checks with its `secure_link` module.
public struct LocalStore: Sendable {
    /// The largest recording, in bytes.
    public static let largest = 2 << 30
    /// How many uploads may be granted for one question: every take several times over, interrupted
    /// ones too, and no more, since each can take up as much of the store as the largest recording.
    public static let mostGrants = 50
    /// How long an upload may be started after it was granted, in seconds.
    public static let uploadLifetime = 15 * 60
    /// How long a playback address works, in seconds.
    public static let playbackLifetime = 5 * 60

    let baseURL: String
    private let folder: String
    private let uploadKey: [UInt8]
    let links: SecureLink

    /// - Throws: `UNAVAILABLE` when a setting is missing or a secret cannot be read.
    public init(_ environment: Environment) throws(Failure) {
        baseURL = try environment.baseURL()
        guard case .local(let folder) = try BlobSetting(environment) else {
            throw .unavailable("Recordings are kept elsewhere.", cause: "PARLEY_BLOB is not of the local store")
        }
        self.folder = folder
        uploadKey = try environment.key(for: "blob upload")
        links = try SecureLink(environment)
    }

    /// A permission to store one object: this key, this type, this size, until then.
    public struct Grant: Sendable, Equatable {
        /// How the bytes come.
        public enum Kind: String, Sendable {
            /// In one PUT.
            case whole = "PUT"
            /// In parts, each a PATCH.
            case parts = "PATCH"

            /// What comes before the key in the path of an address to upload to.
            var prefix: String {
                switch self {
                case .whole: "/blob/"
                case .parts: "/uploads/"
                }
            }
        }

        public let kind: Kind
        public let key: String
        public let contentType: String
        /// The exact size in bytes; nil allows any up to ``LocalStore/largest``.
        public let size: Int?
        /// Of the bytes; nil allows any.
        public let md5: ContentMD5?
        public let expires: Timestamp

        public init(
            _ kind: Kind, key: String, contentType: String, size: Int? = nil, md5: ContentMD5? = nil, expires: Timestamp
        ) {
            self.kind = kind
            self.key = key
            self.contentType = contentType
            self.size = size
            self.md5 = md5
            self.expires = expires
        }

        fileprivate var signed: [UInt8] {
            let digest = md5.map { "\n\($0.value)" } ?? ""
            return Array(
                "\(kind.rawValue)\n\(key)\n\(contentType)\n\(size.map(String.init) ?? "")\n\(expires.seconds)\(digest)".utf8)
        }
    }

    /// The address to upload to.
    public func uploadURL(_ grant: Grant) -> String {
        let size = grant.size.map { "&size=\($0)" } ?? ""
        let md5 = grant.md5.map { "&md5=\(Base64URL.encode($0.bytes))" } ?? ""
        let type = grant.contentType.utf8.map { byte in
            byte == UInt8(ascii: "/") ? "%2F" : String(Unicode.Scalar(byte))
        }.joined()
        let signature = Base64URL.encode(HMACSHA256.sign(grant.signed, key: uploadKey))
        let query = "expires=\(grant.expires.seconds)&type=\(type)\(size)\(md5)&signature=\(signature)"
        return "\(baseURL)\(grant.kind.prefix)\(grant.key)?\(query)"
    }

    /// The address of an object, without permission to read it.
    public func url(of key: String) -> String { "\(baseURL)/blob/\(key)" }

    /// The address to play an object from, and when it stops working.
    public func playbackURL(of key: String, now: Timestamp = .now) -> (url: String, expires: Timestamp) {
        let expires = now.adding(seconds: Self.playbackLifetime)
        return (links.url("/blob/\(key)", expires: expires), expires)
    }

    /// The file of an object.
    public func path(of key: String) -> String { "\(folder)/objects/\(key)" }

    /// Where nginx writes what it receives, on the file system of the objects.
    var spool: String { "\(folder)/.spool" }

    /// The file in which the parts of an unfinished upload are joined.
    func partsPath(of key: String) -> String { "\(folder)/parts/\(key)" }

    /// What is at a key: its size in bytes, or nil.
    public func size(of key: String) -> Int? { File.version(of: path(of: key))?.size }

    /// Whether objects can be stored.
    public var isWritable: Bool { File.isWritableFolder(folder) }

    /// Puts a received file in its place.
    func place(_ spooled: String, at key: String) throws(Failure) {
        let path = path(of: key)
        do {
            try File.makeFolder(Self.folder(of: path), mode: 0o750)
            try File.setMode(spooled, 0o640)
            try File.link(spooled, as: path)
        } catch {
            throw .unavailable("The file could not be stored. Please try again.", cause: error.description)
        }
    }

    static func folder(of path: String) -> String { String(path[..<(path.lastIndex(of: "/") ?? path.endIndex)]) }

    /// The grant that a request's address carries.
    ///
    /// - Throws: `GONE` when it has expired, `ACCESS_DENIED` when it is not one of ours or is for
    ///   another key.
    func grant(_ kind: Grant.Kind, of request: Request) throws(Failure) -> Grant {
        var query: [String: String] = [:]
        for (name, value) in request.query { query[name] = value }
        guard request.path.hasPrefix(kind.prefix), let type = query["type"],
            let seconds = query["expires"].flatMap(Int.init), let signature = query["signature"],
            let signatureBytes = Base64URL.decode(signature), (0..<1 << 40).contains(seconds)
        else { throw .denied("This address does not allow storing anything.") }
        let grant = Grant(
            kind, key: String(request.path.dropFirst(kind.prefix.count)), contentType: type,
            size: query["size"].flatMap(Int.init), md5: Self.md5(query), expires: Timestamp(microseconds: seconds * 1_000_000))
        guard HMACSHA256.verify(signatureBytes, of: grant.signed, key: uploadKey) else {
            throw .denied("The permission to store this is not valid.")
        }
        guard grant.expires > .now else { throw .gone("The permission to store this has expired. Ask for a new one.") }
        return grant
    }

    private static func md5(_ query: [String: String]) -> ContentMD5? {
        query["md5"].flatMap { Base64URL.decode($0) }.flatMap { ContentMD5($0) }
    }

    /// The grant of a request to store something whole.
    ///
    /// - Throws: what ``grant(_:of:)`` throws, and `ACCESS_DENIED` for another type or size.
    func wholeGrant(of request: Request) throws(Failure) -> Grant {
        let grant = try grant(.whole, of: request)
        guard Self.base(request.variables["CONTENT_TYPE"] ?? "") == grant.contentType else {
            throw .denied("The permission is for \(grant.contentType).")
        }
        guard let length = request.variables["CONTENT_LENGTH_ORIG"].flatMap(Int.init), length > 0 else {
            throw .denied("The upload must say how long it is, and must not be empty.")
        }
        guard length == grant.size ?? length, length <= Self.largest else {
            throw .denied("The permission is for \(grant.size ?? Self.largest) bytes.")
        }
        return grant
    }

    /// A media type without its parameters.
    private static func base(_ type: String) -> String {
        String(type.prefix { $0 != ";" && $0 != " " }).lowercased()
    }
}

extension Access where Caller == LocalStore.Grant {
    /// Whoever holds the address of an upload, for nginx's `auth_request`. That lets through no
    /// status but 401 and 403: every refusal is a 403, and the header `X-Refusal` says which it really is.
    public static var uploadAuthorization: Self {
        authorization(.whole) { store, request throws(Failure) in try store.wholeGrant(of: request) }
    }

    /// The same for an upload in parts.
    public static var partAuthorization: Self {
        authorization(.parts) { store, request throws(Failure) in try store.grant(.parts, of: request) }
    }

    private static func authorization(
        _ kind: LocalStore.Grant.Kind,
        grant: @escaping @Sendable (LocalStore, Request) throws(Failure) -> LocalStore.Grant
    ) -> Self {
        Access("upload", credential: .grant, failures: [.accessDenied]) { environment throws(Failure) in
            let store = try LocalStore(environment)
            return Gate(
                identify: { request throws(Failure) in
                    do throws(Failure) { return try grant(store, request) } catch {
                        throw Failure(.accessDenied, error.detail, headers: [Header("X-Refusal", error.code.rawValue)])
                    }
                },
                confirm: { _ throws(Failure) in },
                impersonate: { key, request throws(Failure) in try store.sign(&request, as: kind, key: key) })
        }
    }
}

/// A file that nginx spooled for an upload that was granted.
public struct UploadedFile: Sendable {
    public let grant: LocalStore.Grant
    /// Where nginx put the bytes; gone once the request is answered.
    public let path: String
    /// How many bytes there should be.
    public let length: Int
    public let traceparent: String

    /// - Throws: `CHECKSUM_MISMATCH` when the bytes are not those that were granted.
    public func checkBytes() throws(Failure) {
        guard let granted = grant.md5 else { return }
        let found: [UInt8]
        do { found = try MD5.hash(file: path) } catch {
            throw .unavailable("The recording could not be read. Please try again.", cause: "\(error)")
        }
        guard found == granted.bytes else {
            throw Failure(.checksumMismatch, "The recording was damaged on its way and was not kept. Send it again.")
        }
    }
}

extension Access where Caller == UploadedFile {
    /// A granted upload whose body nginx has spooled.
    public static var uploadedFile: Self {
        Access("upload", credential: .grant, failures: [.accessDenied, .gone]) { environment throws(Failure) in
            let store = try LocalStore(environment)
            return Gate(
                identify: { request throws(Failure) in
                    let grant = try store.wholeGrant(of: request)
                    guard let path = request.variables["REQUEST_BODY_FILE"],
                        let length = request.variables["CONTENT_LENGTH_ORIG"].flatMap(Int.init)
                    else { throw .denied("The upload has no body.") }
                    return UploadedFile(
                        grant: grant, path: path, length: length, traceparent: request.trace.traceparent)
                },
                confirm: { _ throws(Failure) in },
                impersonate: { key, request throws(Failure) in try store.sign(&request, as: .whole, key: key) })
        }
    }
}

extension LocalStore {
    /// Gives a fixture's request a grant for `key`. Its query says what `type`, `size`, `md5` and
    /// `expires` the grant has; what it leaves out is as the request has it, and fresh.
    func sign(_ request: inout Request, as kind: Grant.Kind, key: String) throws(Failure) {
        var query: [String: String] = [:]
        for (name, value) in request.query { query[name] = value }
        var type = query["type"] ?? Container.webm.rawValue
        var size: Int?
        if kind == .whole {
            let sent = request.variables["CONTENT_TYPE"] ?? Container.webm.rawValue
            request.variables["CONTENT_TYPE"] = sent
            type = query["type"] ?? Self.base(sent)
            size = (query["size"] ?? request.variables["CONTENT_LENGTH_ORIG"]).flatMap(Int.init)
        }
        let expires = query["expires"].flatMap(Int.init) ?? Timestamp.now.seconds + Self.uploadLifetime
        let grant = Grant(
            kind, key: key, contentType: type, size: size, md5: Self.md5(query),
            expires: Timestamp(microseconds: expires * 1_000_000))
        request.variables["QUERY_STRING"] = uploadURL(grant).split(separator: "?").last.map(String.init)
    }
}
