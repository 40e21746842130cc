public import Endpoint
public import ObjectStores
public import Postgres
public import Storage
public import Validation

/// A permission of the caller to upload a device check: a few seconds of recording that go the way of an answer and are
/// removed as soon as they were measured.
public struct DeviceCheckGrant {
    public let id: Identifier
    /// What may be uploaded, and until when.
    public let upload: LocalStore.Grant

    /// How many checks one interview may begin within an hour.
    private static let mostAnHour = 20
    /// A check that nobody asked about is removed so many seconds after its address stopped working.
    private static let slack = 60

    private struct Row: Decodable {
        let key: String
        let earlierChecks: Int
        /// Until one more may begin.
        let waitSeconds: Int?
        let hasRoom: Bool
    }

    /// Makes one, if the rules allow it.
    ///
    /// - Parameters:
    ///   - size: in bytes, at most ``DeviceCheck/mostBytes``.
    ///   - md5: of the bytes, when it is known.
    /// - Throws: `RATE_LIMITED` after too many, `STORAGE_FULL` where an answer would find no room either.
    public static func make(
        _ type: Container, size: Int, md5: ContentMD5?, quota: StorageQuota, _ transaction: Transaction
    ) throws(Failure) -> DeviceCheckGrant {
        let id = Identifier.new()
        let expires = Timestamp.now.adding(seconds: LocalStore.uploadLifetime)
        let key = try newKey("\(id).\(type.fileExtension)", quota, transaction)
        transaction.queue(
            """
            INSERT INTO device_check (
                id, organization_id, async_interview_id, key, mime_type, granted_bytes, md5, expires_at)
            VALUES (
                \(id), caller_organization(), caller_interview(), \(key), \(type.rawValue), \(size), \(md5), \(expires))
            """)
        transaction.queue(
            """
            SELECT emit('device-check.expired', jsonb_build_object('checkId', \(id)::uuid),
                \(expires.adding(seconds: slack)))
            """)
        return DeviceCheckGrant(
            id: id,
            upload: LocalStore.Grant(.whole, key: key, contentType: type.rawValue, size: size, md5: md5, expires: expires))
    }

    /// The key of a new check, unless there were too many.
    private static func newKey(_ file: String, _ quota: StorageQuota, _ transaction: Transaction) throws(Failure) -> String {
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
                ORDER BY begun_at DESC LIMIT \(mostAnHour)) recent
            """)
        guard let row else { throw .internal("an aggregate has no row") }
        guard row.earlierChecks < mostAnHour else {
            throw Failure(
                .rateLimited, "There were many tests within the last hour. Wait a little, or go on without another one.",
                headers: [Header("Retry-After", String(max(1, row.waitSeconds ?? 1)))])
        }
        guard row.hasRoom else { throw StorageQuota.fullForCandidates }
        return row.key
    }
}
