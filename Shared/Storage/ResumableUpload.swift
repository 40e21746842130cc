import Crypto
public import Endpoint
public import POSIX
public import Postgres
import Validation

/// An upload that goes on where it was cut: tus 1.0.0
/// (https://tus.io/protocols/resumable-upload) with the extensions creation-defer-length,
/// expiration, checksum and termination.
///
/// How much has arrived is the size of the file that the parts are joined in, and nothing else:
/// no number in the database could agree with it through every crash. The database knows the length
/// that the client declared, and whether the upload is over.
public struct ResumableUpload: Sendable {
    /// The protocol's version.
    public static let version = "1.0.0"
    /// The largest part, in bytes, and so the most that is lost when a connection is cut.
    /// `nginx.conf` refuses larger bodies.
    public static let largestPart = 8 << 20
    /// How long an upload may take, in seconds.
    public static let lifetime = 24 * 3600

    public let grant: LocalStore.Grant
    public let traceparent: String

    /// The header that says until when the upload can be gone on with.
    public var expires: Header { Header("Upload-Expires", grant.expires.httpDate) }

    fileprivate init(_ request: Request, _ store: LocalStore) throws(Failure) {
        grant = try store.grant(.parts, of: request)
        traceparent = request.trace.traceparent
        guard request.header("Tus-Resumable") == Self.version else {
            throw Failure(
                .preconditionFailed, "Tus-Resumable must be \(Self.version).", headers: [Header("Tus-Version", Self.version)])
        }
    }
}

extension Access where Caller == ResumableUpload {
    /// Whoever holds the address of a resumable upload.
    public static var resumableUpload: Self {
        Access("upload", credential: .grant, failures: [.accessDenied, .gone, .preconditionFailed]) {
            environment throws(Failure) in
            let store = try LocalStore(environment)
            return Gate(
                identify: { request throws(Failure) in try ResumableUpload(request, store) },
                confirm: { _ throws(Failure) in },
                impersonate: { key, request throws(Failure) in try store.sign(&request, as: .parts, key: key) })
        }
    }
}

/// The next bytes of a resumable upload, which nginx has spooled.
public struct UploadPart: Sendable {
    public let upload: ResumableUpload
    /// How many bytes the client believes to have arrived before.
    public let offset: Int
    /// The length of the whole upload in bytes, when the client says it with this part.
    public let length: Int?
    /// The spooled file, gone once the request is answered; nil when the part is empty.
    public let file: String?
    /// The number of bytes in the part.
    public let size: Int
    private let checksum: (algorithm: PartDigest, digest: [UInt8])?

    fileprivate init(_ request: Request, _ store: LocalStore) throws(Failure) {
        upload = try ResumableUpload(request, store)
        guard request.variables["CONTENT_TYPE"] == "application/offset+octet-stream" else {
            throw Failure(.unsupportedMediaType, "Send parts as application/offset+octet-stream.")
        }
        guard let offset = try Self.number("Upload-Offset", of: request) else {
            throw .invalid("Upload-Offset", "is missing")
        }
        self.offset = offset
        length = try Self.number("Upload-Length", of: request)
        checksum = try Self.checksum(of: request)
        let spooled = request.variables["REQUEST_BODY_FILE"] ?? ""
        file = spooled.isEmpty ? nil : spooled
        size = try Self.size(of: file, declared: request.variables["CONTENT_LENGTH_ORIG"] ?? "")
    }

    private static func number(_ header: String, of request: Request) throws(Failure) -> Int? {
        guard let text = request.header(header) else { return nil }
        guard text.utf8.count <= 15, text.utf8.allSatisfy({ (48...57).contains($0) }), let number = Int(text) else {
            throw .invalid(header, "must be a whole number of bytes")
        }
        return number
    }

    private static func checksum(of request: Request) throws(Failure) -> (PartDigest, [UInt8])? {
        guard let text = request.header("Upload-Checksum") else { return nil }
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        guard words.count == 2, let algorithm = PartDigest(rawValue: String(words[0])),
            let digest = Base64.decode(words[1]), digest.count == algorithm.length
        else {
            let algorithms = PartDigest.allCases.map(\.rawValue).joined(separator: " or ")
            throw .invalid("Upload-Checksum", "must be \(algorithms), a space and the digest in base 64")
        }
        return (algorithm, digest)
    }

    /// - Parameter declared: the request's `Content-Length`; empty when the body came in chunks.
    private static func size(of file: String?, declared: String) throws(Failure) -> Int {
        guard let file else { return 0 }
        guard let size = File.version(of: file)?.size else {
            throw .unavailable("The part could not be read. Please try again.", cause: "no spooled file")
        }
        guard declared.isEmpty || Int(declared) == size else { throw .invalid("", "did not arrive whole") }
        return size
    }

    /// Adds the part to the upload's file.
    /// - Throws: `CHECKSUM_MISMATCH` unless the bytes are the ones the client's checksum is of; then
    ///   the file stays as it was.
    public func append(to joined: inout LockedFile) throws(Failure) {
        guard let file else { return }
        let isRight: Bool
        do throws(SystemError) {
            if let checksum {
                let digest = PartDigest.Running(checksum.algorithm)
                isRight = try joined.append(
                    contentsOf: file, seeing: { digest.update($0) }, if: { digest.finish() == checksum.digest })
            } else {
                isRight = try joined.append(contentsOf: file)
            }
        } catch {
            throw .unavailable("The part could not be stored. Please try again.", cause: error.description)
        }
        guard isRight else {
            throw Failure(.checksumMismatch, "The part was damaged on its way and was not kept. Send it again.")
        }
    }
}

extension Access where Caller == UploadPart {
    /// Whoever holds the address of a resumable upload and sends bytes to it.
    public static var uploadPart: Self {
        Access(
            "upload", credential: .grant,
            failures: [.accessDenied, .gone, .preconditionFailed, .unsupportedMediaType, .validationFailed]
        ) { environment throws(Failure) in
            let store = try LocalStore(environment)
            return Gate(
                identify: { request throws(Failure) in try UploadPart(request, store) },
                confirm: { _ throws(Failure) in },
                impersonate: { key, request throws(Failure) in try store.sign(&request, as: .parts, key: key) })
        }
    }
}

/// How far a resumable upload is.
public struct UploadState: Sendable {
    /// How many bytes have arrived.
    public let arrived: Int
    /// The declared length in bytes; nil until the client knows it.
    public let length: Int?
    /// Whether the upload has become a recording.
    public let isStored: Bool
    public let isTerminated: Bool

    /// What the database knows.
    fileprivate struct Row: Decodable {
        let length: Int?
        let isStored: Bool
        let isTerminated: Bool
    }
}

extension LocalStore {
    /// Runs `body` in a transaction while nobody else can add to the upload's file.
    ///
    /// The lock is held until after the commit, so that a part never reaches a file that has just
    /// become a recording.
    /// - Throws: `LOCKED` when somebody else holds it, `NOT_FOUND` when there is no such upload.
    public func hold<Result>(
        _ upload: ResumableUpload, of session: Session,
        _ body: (inout LockedFile, UploadState, Transaction) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        var file = try lock(upload.grant.key)
        return try session.transaction { transaction throws(Failure) in
            let row: UploadState.Row? = try transaction.row(
                """
                SELECT length_bytes AS length, status = 'TERMINATED' AS is_terminated,
                    EXISTS (SELECT FROM blob WHERE key = video_key) AS is_stored
                FROM recording WHERE video_key = \(upload.grant.key)
                """)
            // Where nothing can arrive any more, locking made the file anew or a crash left it.
            if row?.isStored ?? true || row?.isTerminated ?? true { discardParts(of: upload.grant.key) }
            guard let row else { throw .notFound("upload") }
            let size: Int
            do throws(SystemError) { size = try file.size } catch { throw .internal(error.description) }
            let state = UploadState(
                arrived: row.isStored ? row.length ?? size : size, length: row.length, isStored: row.isStored,
                isTerminated: row.isTerminated)
            return try body(&file, state, transaction)
        }
    }

    private func lock(_ key: String) throws(Failure) -> LockedFile {
        let path = partsPath(of: key)
        do {
            try File.makeFolder(Self.folder(of: path), mode: 0o750)
            if let file = try LockedFile(path) { return file }
        } catch {
            throw .unavailable("The upload cannot be reached. Please try again.", cause: error.description)
        }
        throw Failure(.locked, "Another part of this upload is being received.")
    }

    /// Makes an upload whose bytes are all there a recording.
    public func keepParts(of upload: ResumableUpload, size: Int, in transaction: Transaction) throws(Failure) {
        try keep(partsPath(of: upload.grant.key), size: size, as: upload.grant, in: transaction)
    }

    /// Removes an upload's file. A recording that was made of it stays: it has a name of its own.
    public func discardParts(of key: String) {
        // What cannot be removed now is removed when the upload expires.
        try? File.remove(partsPath(of: key))
    }
}
