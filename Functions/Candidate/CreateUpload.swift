import Endpoint
import Identity
import Postgres
import Storage
import Validation

/// Begins the resumable upload of a take, or finds the one that was begun: after a reload, a crash,
/// or on another device.
@main struct CreateUpload: Endpoint {
    static let route = Route.post("/api/candidate/interview/{token}/uploads")
    static let access = Access.candidate
    static let summary = "Begin a resumable upload, or go on with it"
    static let success = Success.created
    static let failures: [Failure.Code] = [.rateLimited]

    struct Input: Decodable {
        let questionId: Identifier
        let mimeType: RecordingType
        let takeNumber: Whole<1, 4>
    }

    struct Output: Codable {
        let uploadUrl: String
        let videoKey: String
        let videoUrl: String
        let expiresAt: Timestamp
        /// The largest part that one PATCH may carry.
        let chunkBytes: Int
    }

    private struct Row: Decodable {
        let begunKey: String?
        let newKey: String?
        let expiresAt: Timestamp
    }

    let store: LocalStore

    init(_ environment: Environment) throws(Failure) { store = try LocalStore(environment) }

    func handle(_ input: Input, from caller: Candidate) throws(Failure) -> Output {
        let row = try caller.database.transaction { transaction throws(Failure) in
            // Two tabs that ask at once are given the same upload.
            transaction.queue("SELECT FROM async_interview WHERE id = caller_interview() FOR UPDATE")
            let row = try begin(input, transaction)
            if let key = row.newKey {
                transaction.queue(
                    "SELECT emit('upload.expired', jsonb_build_object('key', \(key)::text), \(row.expiresAt))")
            }
            return row
        }
        guard let key = row.begunKey ?? row.newKey else {
            throw Failure(.rateLimited, "Too many uploads were begun for this question. Write to whoever invited you.")
        }
        let grant = LocalStore.Grant(
            .parts, key: key, contentType: input.mimeType.container.rawValue, expires: row.expiresAt)
        return Output(
            uploadUrl: store.uploadURL(grant), videoKey: key, videoUrl: store.url(of: key), expiresAt: row.expiresAt,
            chunkBytes: ResumableUpload.largestPart)
    }

    private func begin(_ input: Input, _ transaction: Transaction) throws(Failure) -> Row {
        let id = Identifier.new()
        let type = input.mimeType.container
        let row: Row? = try transaction.row(
            """
            WITH wanted AS (
                SELECT concat_ws('/', caller_organization(), caller_interview(), \("\(id).\(type.fileExtension)")::text)
                        AS video_key,
                    date_trunc('second', least(
                        now() + \(ResumableUpload.lifetime) * interval '1 second',
                        i.deadline_at + \(ResumableUpload.grace) * interval '1 second')) AS expires_at,
                    (SELECT count(*) FROM recording WHERE question_id = q.id) AS earlier_grants
                FROM question q, async_interview i
                WHERE q.id = \(input.questionId) AND i.id = caller_interview()),
            begun AS (
                SELECT video_key, expires_at FROM recording r
                WHERE question_id = \(input.questionId) AND take_number = \(input.takeNumber)
                    AND mime_type = \(type.rawValue) AND status = 'GRANTED' AND expires_at > now()
                    AND NOT EXISTS (SELECT FROM blob WHERE key = r.video_key)),
            granted AS (
                INSERT INTO recording (
                    id, organization_id, async_interview_id, question_id, take_number, video_key, mime_type, expires_at)
                SELECT \(id), caller_organization(), caller_interview(), \(input.questionId), \(input.takeNumber),
                    video_key, \(type.rawValue), expires_at
                FROM wanted WHERE earlier_grants < \(LocalStore.mostGrants) AND NOT EXISTS (SELECT FROM begun)
                RETURNING video_key)
            SELECT begun.video_key AS begun_key, granted.video_key AS new_key,
                coalesce(begun.expires_at, wanted.expires_at) AS expires_at
            FROM wanted LEFT JOIN begun ON true LEFT JOIN granted ON true
            """)
        guard let row else { throw .invalid("questionId", "is not a question of this interview") }
        return row
    }
}
