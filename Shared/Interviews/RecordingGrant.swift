public import Endpoint
public import Postgres
public import Storage
public import Validation

/// A permission of the caller to upload a recording in one piece, as the database keeps it.
public struct RecordingGrant: UploadRules, Decodable {
    public let videoKey: String
    public let isWritten: Bool
    public let isKnownTake: Bool
    public let isInTime: Bool
    public let deadlineNotice: String
    public let hasRoom: Bool
    let earlierGrants: Int

    /// Makes one, if the rules allow it.
    ///
    /// - Parameters:
    ///   - take: the one that the recording is of, when the page has told of it.
    ///   - size: in bytes, when it is known.
    ///   - md5: of the bytes, in base 64, when it is known.
    ///   - expires: when the upload can no longer begin.
    public static func make(
        for question: Identifier, take: Identifier?, _ type: Container, size: Int?, md5: String? = nil,
        expires: Timestamp, quota: StorageQuota, in session: Session
    ) throws(Failure) -> RecordingGrant {
        let id = Identifier.new()
        let grant: RecordingGrant? = try session.row(
            """
            WITH wanted AS (
                SELECT concat_ws('/', caller_organization(), caller_interview(), \("\(id).\(type.fileExtension)")::text)
                        AS video_key, rules.*, has_storage_for(\(size ?? 1), \(quota.standard)) AS has_room
                FROM upload_rules(\(question), \(take)) rules),
            granted AS (
                INSERT INTO recording (
                    id, organization_id, async_interview_id, question_id, take_id, video_key, mime_type, granted_bytes, md5,
                    expires_at)
                SELECT \(id), caller_organization(), caller_interview(), \(question), \(take), video_key,
                    \(type.rawValue), \(size), \(md5), \(expires)
                FROM wanted
                WHERE NOT is_written AND is_known_take AND is_in_time AND earlier_grants < \(LocalStore.mostGrants)
                    AND has_room)
            SELECT * FROM wanted
            """)
        guard let grant else { throw AnswerRules.unknownQuestion }
        try grant.check()
        try grant.checkNew(isFull: grant.earlierGrants >= LocalStore.mostGrants)
        return grant
    }
}
