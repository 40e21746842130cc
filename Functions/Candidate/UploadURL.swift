import Endpoint
import Identity
import Postgres
import Storage
import Validation

/// Grants the upload of one recording: a signed address, good for one object of one type, for 15 minutes.
@main struct UploadURL: Endpoint {
    static let route = Route.get("/api/candidate/interview/{token}/upload-url")
    static let access = Access.candidate
    static let summary = "An address to upload a recording to"
    static let failures: [Failure.Code] = [.rateLimited]

    struct Input: Decodable {
        let questionId: Identifier
        let mimeType: RecordingType
        /// The recording's size in bytes. When it is given, the grant is for exactly that size.
        let size: Whole<1, 2_147_483_648>?
    }

    struct Output: Codable {
        let uploadUrl: String
        let method: String
        let headers: Headers
        let videoKey: String
        let videoUrl: String
        let expiresAt: Timestamp
        let maxBytes: Int
    }

    struct Headers: Codable {
        let contentType: String
        enum CodingKeys: String, CodingKey { case contentType = "Content-Type" }
    }

    private struct Row: Decodable {
        let videoKey: String
        let earlierGrants: Int
    }

    let store: LocalStore

    init(_ environment: Environment) throws(Failure) { store = try LocalStore(environment) }

    func handle(_ input: Input, from caller: Candidate) throws(Failure) -> Output {
        let id = Identifier.new()
        let type = input.mimeType.container
        let expires = Timestamp.now.adding(seconds: LocalStore.uploadLifetime)
        let row: Row? = try caller.database.row(
            """
            WITH wanted AS (
                SELECT concat_ws('/', caller_organization(), caller_interview(), \("\(id).\(type.fileExtension)")::text)
                        AS video_key,
                    (SELECT count(*) FROM recording WHERE question_id = q.id) AS earlier_grants
                FROM question q WHERE q.id = \(input.questionId)),
            granted AS (
                INSERT INTO recording (
                    id, organization_id, async_interview_id, question_id, video_key, mime_type, expires_at)
                SELECT \(id), caller_organization(), caller_interview(), \(input.questionId), video_key,
                    \(type.rawValue), \(expires)
                FROM wanted WHERE earlier_grants < \(LocalStore.mostGrants))
            SELECT video_key, earlier_grants FROM wanted
            """)
        guard let row else { throw .invalid("questionId", "is not a question of this interview") }
        guard row.earlierGrants < LocalStore.mostGrants else {
            throw Failure(.rateLimited, "Too many uploads were begun for this question. Write to whoever invited you.")
        }
        let grant = LocalStore.Grant(
            .whole, key: row.videoKey, contentType: type.rawValue, size: input.size?.value, expires: expires)
        return Output(
            uploadUrl: store.uploadURL(grant), method: "PUT", headers: Headers(contentType: type.rawValue),
            videoKey: row.videoKey, videoUrl: store.url(of: row.videoKey), expiresAt: expires,
            maxBytes: input.size?.value ?? LocalStore.largest)
    }
}
