import Endpoint
import Identity
import Interviews
import ObjectStores
import Postgres
import Storage
import StoredObjects
import Validation

/// Begins the resumable upload of a take, or finds the one that was begun: after a reload, a crash,
/// or on another device.
@main struct CreateUpload: Endpoint {
    static let route = Route.post("/api/candidate/interview/{token}/uploads")
    static let access = Access.candidateFinishing
    static let summary = "Begin a resumable upload, or go on with it"
    static let success = Success.created
    static let failures: [Failure.Code] = [.rateLimited]

    struct Input: Decodable {
        let questionId: Identifier
        let mimeType: RecordingType
        let takeNumber: Whole<1, 7>
        /// The take that the recording is of. It has its number, whatever else is said.
        let takeId: Identifier?
    }

    struct Output: Codable {
        var uploadUrl: String
        let videoKey: String
        let videoUrl: String
        let expiresAt: Timestamp
        /// The largest part.
        let chunkBytes: Int
        /// The smallest part but for the last, in bytes.
        var leastBytes: Int
        /// How parts are sent: to `uploadUrl` itself, or each by the request that the route for parts gives.
        var transport: Transport
    }

    enum Transport: String, Codable { case tus, parts }

    private struct Row: Decodable, UploadRules {
        let begunKey: String?
        /// The upload that was begun, as the remote store named it.
        let uploadName: String?
        let newKey: String?
        let expiresAt: Timestamp
        let isWritten: Bool
        let isKnownTake: Bool
        let isInTime: Bool
        let deadlineNotice: String
        let earlierGrants: Int
    }

    let objects: StoredObjects

    init(_ environment: Environment) throws(Failure) { objects = try StoredObjects(environment) }

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
        guard let key = row.begunKey ?? row.newKey else { throw .internal("an upload was neither refused nor begun") }
        let type = input.mimeType.container.rawValue
        let address = objects.store.url(of: key)
        var output = Output(
            uploadUrl: address, videoKey: key, videoUrl: address, expiresAt: row.expiresAt,
            chunkBytes: ResumableUpload.largestPart, leastBytes: 1, transport: .tus)
        switch objects.store {
        case .local(let store):
            output.uploadUrl = store.uploadURL(.init(.parts, key: key, contentType: type, expires: row.expiresAt))
        case .remote(let store):
            if row.uploadName == nil { try beginParts(key, type, caller.database) }
            output.leastBytes = store.smallestPart
            output.transport = .parts
        }
        return output
    }

    /// Begins the upload at the remote store. Of two tabs that do so at once, the first one's counts.
    private func beginParts(_ key: String, _ type: String, _ database: Session) throws(Failure) {
        let upload = try objects.beginParts(key, contentType: type)
        let isFirst = try database.execute(
            "UPDATE recording SET upload_name = \(upload.name) WHERE video_key = \(key) AND upload_name IS NULL") == 1
        if !isFirst { try objects.abandonParts(of: upload) }
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
                        now() + \(ResumableUpload.lifetime) * interval '1 second', grace_ends_at(i.deadline_at)))
                        AS expires_at,
                    t.id AS take_id, coalesce(t.take_number, \(input.takeNumber)) AS take_number, rules.*
                FROM async_interview i JOIN question q ON q.id = \(input.questionId)
                LEFT JOIN take t ON t.id = \(input.takeId) AND t.question_id = q.id
                CROSS JOIN upload_rules(q.id, \(input.takeId)) rules
                WHERE i.id = caller_interview()),
            begun AS (
                SELECT r.video_key, r.upload_name, r.expires_at FROM recording r JOIN wanted w
                    ON r.take_number = w.take_number AND r.take_id IS NOT DISTINCT FROM w.take_id
                WHERE question_id = \(input.questionId) AND mime_type = \(type.rawValue) AND status = 'GRANTED'
                    AND r.expires_at > now() AND NOT EXISTS (SELECT FROM blob WHERE key = r.video_key)),
            granted AS (
                INSERT INTO recording (
                    id, organization_id, async_interview_id, question_id, take_id, take_number, video_key, mime_type,
                    expires_at)
                SELECT \(id), caller_organization(), caller_interview(), \(input.questionId), take_id, take_number,
                    video_key, \(type.rawValue), expires_at
                FROM wanted
                WHERE NOT is_written AND is_known_take AND is_in_time AND earlier_grants < \(LocalStore.mostGrants)
                    AND NOT EXISTS (SELECT FROM begun)
                RETURNING video_key)
            SELECT begun.video_key AS begun_key, begun.upload_name, granted.video_key AS new_key,
                coalesce(begun.expires_at, wanted.expires_at) AS expires_at,
                is_written, is_known_take, is_in_time, deadline_notice, earlier_grants
            FROM wanted LEFT JOIN begun ON true LEFT JOIN granted ON true
            """)
        guard let row else { throw AnswerRules.unknownQuestion }
        try row.check()
        if row.begunKey == nil { try row.checkNew(isFull: row.earlierGrants >= LocalStore.mostGrants) }
        return row
    }
}
