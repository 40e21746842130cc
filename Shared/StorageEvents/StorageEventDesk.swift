import Crypto
import Endpoint
import Events
import ObjectStores
import Postgres
import Storage
import StoredObjects
import Validation

/// Where what one provider tells is looked into. Nothing is believed for being told: an object must have been granted here,
/// and be in the store as it was granted.
struct StorageEventDesk {
    private let provider: StorageProvider
    let database: Database
    private let store: BlobStore
    private let objects: StoredObjects

    private struct Grant: Decodable {
        let mimeType: String
        /// Whether nothing is wanted there any more.
        let isOver: Bool
    }

    init(_ environment: Environment, _ provider: StorageProvider) throws(Failure) {
        self.provider = provider
        database = try Database(environment, as: .service)
        store = try BlobStore(environment)
        objects = try StoredObjects(environment)
    }

    /// Counts what nothing comes of.
    /// - Parameter id: by which the provider knows the event, for the log.
    func count(_ refusal: StorageRefusal, id: String = "") throws(Failure) {
        let shown = id.filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }.prefix(64)
        Log.write(
            .info, "nothing came of an event", function: "StorageEvents",
            detail: "\(provider.rawValue) \(refusal.rawValue)\(shown.isEmpty ? "" : " \(shown)")")
        try database.session.execute(
            """
            INSERT INTO storage_refusal AS r (provider, reason) VALUES (\(provider.rawValue), \(refusal.rawValue))
            ON CONFLICT (day, provider, reason) DO UPDATE SET count = r.count + 1
            """)
    }

    /// Has an object confirmed by the store, once.
    /// - Returns: why not, or nil when it is stored.
    func receive(_ event: StorageEvent, traceparent: String) throws(Failure) -> StorageRefusal? {
        guard event.bucket == store.bucket else { return .otherBucket }
        guard let organization = Self.organization(of: event.key) else { return .neverGranted }
        let session = database.session(of: organization, traceparent: traceparent)
        guard let grant = try grant(of: event.key, session) else { return .neverGranted }
        if grant.isOver { return .givenUp }
        let service = Service(deliveryID: event.identity, database: session)
        if try service.isDone() { return .toldBefore }
        guard let object = try objects.find(event.key) else { return .notThere }
        guard event.size ?? object.size == object.size else { return .otherSize }
        if let told = event.tag, let tag = object.tag, told != tag { return .otherBytes }
        do throws(Failure) {
            guard try objects.confirm(event.key, contentType: grant.mimeType, in: session) != nil else { return .notThere }
        } catch {
            guard [.validationFailed, .checksumMismatch].contains(error.code) else { throw error }
            return .unfitContent
        }
        try service.once()
        return nil
    }

    /// Keys begin with whose they are: `ORGANIZATION/INTERVIEW/RECORDING.webm`.
    private static func organization(of key: String) -> Identifier? {
        let parts = key.split(separator: "/", omittingEmptySubsequences: false)
        return parts.count == 3 ? Identifier(parts[0]) : nil
    }

    private func grant(of key: String, _ session: Session) throws(Failure) -> Grant? {
        try session.row(
            """
            SELECT mime_type, status = 'TERMINATED' AS is_over FROM recording WHERE video_key = \(key)
            UNION ALL
            SELECT mime_type, verdict IS NOT NULL FROM device_check WHERE key = \(key)
            """)
    }
}

extension StorageEvent {
    /// The same for every message about the same object. A digest: receipts outlive what they are about.
    fileprivate var identity: String {
        "stored-\(Hex.encode(SHA256.hash("\(bucket)\n\(key)\n\(version)".utf8)))"
    }
}
