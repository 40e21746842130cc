import Endpoint
import Identity
import Interviews
import Postgres
import Storage
import Validation

/// Grants the upload of one recording: a signed address, good for one object of one type, for 15 minutes.
@main struct UploadURL: Endpoint {
    static let route = Route.get("/api/candidate/interview/{token}/upload-url")
    static let access = Access.candidateFinishing
    static let summary = "An address to upload a recording to"
    static let failures: [Failure.Code] = [.rateLimited, .storageFull]

    struct Input: Decodable {
        let questionId: Identifier
        let mimeType: RecordingType
        /// The recording's size in bytes. When it is given, the grant is for exactly that size.
        let size: Whole<1, 2_147_483_648>?
        /// The take that the recording is of.
        let takeId: Identifier?
    }

    struct Output: Codable {
        let uploadUrl: String
        let method: String
        let headers: UploadHeaders
        let videoKey: String
        let videoUrl: String
        let expiresAt: Timestamp
        let maxBytes: Int
    }

    private struct Row: Decodable, UploadRules {
        let videoKey: String
        let isWritten: Bool
        let isKnownTake: Bool
        let isInTime: Bool
        let deadlineNotice: String
        let earlierGrants: Int
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
        let row: Row? = try caller.database.row(
            """
            WITH wanted AS (
                SELECT concat_ws('/', caller_organization(), caller_interview(), \("\(id).\(type.fileExtension)")::text)
                        AS video_key, rules.*, has_storage_for(\(input.size?.value ?? 1), \(quota.standard)) AS has_room
                FROM upload_rules(\(input.questionId), \(input.takeId)) rules),
            granted AS (
                INSERT INTO recording (
                    id, organization_id, async_interview_id, question_id, take_id, video_key, mime_type, expires_at)
                SELECT \(id), caller_organization(), caller_interview(), \(input.questionId), \(input.takeId), video_key,
                    \(type.rawValue), \(expires)
                FROM wanted
                WHERE NOT is_written AND is_known_take AND is_in_time AND earlier_grants < \(LocalStore.mostGrants)
                    AND has_room)
            SELECT * FROM wanted
            """)
        guard let row else { throw AnswerRules.unknownQuestion }
        try row.check()
        try row.checkNew(isFull: row.earlierGrants >= LocalStore.mostGrants)
        let grant = LocalStore.Grant(
            .whole, key: row.videoKey, contentType: type.rawValue, size: input.size?.value, expires: expires)
        let upload = store.upload(grant)
        return Output(
            uploadUrl: upload.url, method: upload.method, headers: upload.headers,
            videoKey: row.videoKey, videoUrl: store.url(of: row.videoKey), expiresAt: expires,
            maxBytes: input.size?.value ?? LocalStore.largest)
    }
}
