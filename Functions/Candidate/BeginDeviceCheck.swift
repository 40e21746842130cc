import Endpoint
import Identity
import ObjectStores
import Postgres
import Storage
import Validation

/// Grants the upload of a device check: a few seconds of recording that go the way of an answer and
/// are removed as soon as they were measured.
@main struct BeginDeviceCheck: Endpoint {
    static let route = Route.post("/api/candidate/interview/{token}/device-check")
    static let access = Access.candidate
    static let summary = "An address to upload a device check to"
    static let success = Success.created
    static let failures: [Failure.Code] = [.rateLimited, .storageFull]

    /// How many checks one interview may begin within an hour.
    private static let mostAnHour = 20
    /// A check that nobody asked about is removed so many seconds after its address stopped working.
    private static let slack = 60

    struct Input: Decodable {
        let mimeType: RecordingType
        /// The recording's size in bytes.
        let size: Whole<1, 33_554_432>
        /// Of the recording's bytes. When it is given, the grant is for exactly these.
        let md5: ContentMD5?
    }

    struct Output: Codable {
        let checkId: Identifier
        let uploadUrl: String
        let method: String
        let headers: UploadHeaders
        let expiresAt: Timestamp
        let maxBytes: Int
    }

    private struct Row: Decodable {
        let key: String
        let earlierChecks: Int
        /// Until one more may begin.
        let waitSeconds: Int?
        let hasRoom: Bool
    }

    let store: BlobStore
    let quota: StorageQuota

    init(_ environment: Environment) throws(Failure) {
        store = try BlobStore(environment)
        quota = try StorageQuota(environment)
    }

    func handle(_ input: Input, from caller: Candidate) throws(Failure) -> Output {
        let id = Identifier.new()
        let type = input.mimeType.container
        let expires = Timestamp.now.adding(seconds: LocalStore.uploadLifetime)
        let key = try caller.database.transaction { transaction throws(Failure) in
            let key = try newKey("\(id).\(type.fileExtension)", transaction)
            transaction.queue(
                """
                INSERT INTO device_check (
                    id, organization_id, async_interview_id, key, mime_type, granted_bytes, md5, expires_at)
                VALUES (
                    \(id), caller_organization(), caller_interview(), \(key), \(type.rawValue), \(input.size),
                    \(input.md5?.value), \(expires))
                """)
            transaction.queue(
                """
                SELECT emit('device-check.expired', jsonb_build_object('checkId', \(id)::uuid),
                    \(expires.adding(seconds: Self.slack)))
                """)
            return key
        }
        let grant = LocalStore.Grant(
            .whole, key: key, contentType: type.rawValue, size: input.size.value, md5: input.md5, expires: expires)
        let upload = store.upload(grant)
        return Output(
            checkId: id, uploadUrl: upload.url, method: upload.method, headers: upload.headers,
            expiresAt: expires, maxBytes: input.size.value)
    }

    /// The key of a new check, unless there were too many.
    private func newKey(_ file: String, _ transaction: Transaction) throws(Failure) -> String {
        // Checks that are begun at once are counted one after the other.
        transaction.queue("SELECT FROM async_interview WHERE id = caller_interview() FOR UPDATE")
        let row: Row? = try transaction.row(
            """
            SELECT concat_ws('/', caller_organization(), caller_interview(), \(file)::text) AS key,
                count(*) AS earlier_checks, has_storage_for(1, \(quota.standard)) AS has_room,
                ceil(extract(epoch FROM min(begun_at) + interval '1 hour' - now()))::integer AS wait_seconds
            FROM (
                SELECT begun_at FROM device_check
                WHERE async_interview_id = caller_interview() AND begun_at > now() - interval '1 hour'
                ORDER BY begun_at DESC LIMIT \(Self.mostAnHour)) recent
            """)
        guard let row else { throw .internal("an aggregate has no row") }
        guard row.earlierChecks < Self.mostAnHour else {
            throw Failure(
                .rateLimited, "There were many tests within the last hour. Wait a little, or go on without another one.",
                headers: [Header("Retry-After", String(max(1, row.waitSeconds ?? 1)))])
        }
        // An answer would find no room either.
        guard row.hasRoom else { throw StorageQuota.fullForCandidates }
        return row.key
    }
}
