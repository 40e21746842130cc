public import Endpoint
public import Postgres
public import Storage
public import Validation

/// A permission of the caller to upload a recording in parts, be it new or one that was given before and still stands:
/// after a reload, a crash, or on another device.
public struct ResumableGrant: Sendable {
    public let videoKey: String
    /// The upload that was begun, as the remote store named it; nil as long as none was.
    public let uploadName: String?
    public let expiresAt: Timestamp

    private struct Row: Decodable, UploadRules {
        let begunKey: String?
        let uploadName: String?
        let newKey: String?
        let expiresAt: Timestamp
        let isWritten: Bool
        let isKnownTake: Bool
        let isInTime: Bool
        let deadlineNotice: String
        let earlierGrants: Int
        let hasRoom: Bool
    }

    /// Makes one, or finds the one that was made, if the rules allow it.
    ///
    /// - Parameters:
    ///   - take: the one that the recording is of, when the page has told of it. It has its number, whatever else is said.
    ///   - takeNumber: without a take.
    public static func make(
        for question: Identifier, take: Identifier?, takeNumber: Int, _ type: Container, quota: StorageQuota,
        _ transaction: Transaction
    ) throws(Failure) -> ResumableGrant {
        // Two tabs that ask at once are given the same upload.
        transaction.queue("SELECT FROM async_interview WHERE id = caller_interview() FOR UPDATE")
        let row: Row? = try transaction.row(
            query(question, take: take, takeNumber: takeNumber, type, quota: quota))
        guard let row else { throw AnswerRules.unknownQuestion }
        try row.check()
        if row.begunKey == nil { try row.checkNew(isFull: row.earlierGrants >= LocalStore.mostGrants) }
        if let key = row.newKey {
            transaction.queue("SELECT emit('upload.expired', jsonb_build_object('key', \(key)::text), \(row.expiresAt))")
        }
        guard let key = row.begunKey ?? row.newKey else { throw .internal("an upload was neither refused nor begun") }
        return ResumableGrant(videoKey: key, uploadName: row.uploadName, expiresAt: row.expiresAt)
    }

    private static func query(
        _ question: Identifier, take: Identifier?, takeNumber: Int, _ type: Container, quota: StorageQuota
    ) -> Statement {
        let id = Identifier.new()
        return """
            WITH wanted AS (
                SELECT concat_ws('/', caller_organization(), caller_interview(), \("\(id).\(type.fileExtension)")::text)
                        AS video_key,
                    date_trunc('second', least(
                        now() + \(ResumableUpload.lifetime) * interval '1 second', grace_ends_at(i.deadline_at)))
                        AS expires_at,
                    t.id AS take_id, coalesce(t.take_number, \(takeNumber)) AS take_number, rules.*,
                    has_storage_for(1, \(quota.standard)) AS has_room
                FROM async_interview i JOIN question q ON q.id = \(question)
                LEFT JOIN take t ON t.id = \(take) AND t.question_id = q.id
                CROSS JOIN upload_rules(q.id, \(take)) rules
                WHERE i.id = caller_interview()),
            begun AS (
                SELECT r.video_key, r.upload_name, r.expires_at FROM recording r JOIN wanted w
                    ON r.take_number = w.take_number AND r.take_id IS NOT DISTINCT FROM w.take_id
                WHERE question_id = \(question) AND mime_type = \(type.rawValue) AND status = 'GRANTED'
                    AND r.expires_at > now() AND NOT EXISTS (SELECT FROM blob WHERE key = r.video_key)),
            granted AS (
                INSERT INTO recording (
                    id, organization_id, async_interview_id, question_id, take_id, take_number, video_key, mime_type,
                    expires_at)
                SELECT \(id), caller_organization(), caller_interview(), \(question), take_id, take_number,
                    video_key, \(type.rawValue), expires_at
                FROM wanted
                WHERE NOT is_written AND is_known_take AND is_in_time AND earlier_grants < \(LocalStore.mostGrants)
                    AND has_room AND NOT EXISTS (SELECT FROM begun)
                RETURNING video_key)
            SELECT begun.video_key AS begun_key, begun.upload_name, granted.video_key AS new_key,
                coalesce(begun.expires_at, wanted.expires_at) AS expires_at,
                is_written, is_known_take, is_in_time, deadline_notice, earlier_grants, has_room
            FROM wanted LEFT JOIN begun ON true LEFT JOIN granted ON true
            """
    }
}
