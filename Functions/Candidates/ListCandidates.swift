import Candidates
import Endpoint
import Identity
import Postgres
import Validation

/// Lists the organisation's candidates, newest first.
@main struct ListCandidates: Endpoint {
    static let route = Route.get("/api/candidates")
    static let access = Access.recruiter
    static let summary = "List and search candidates, newest first"

    struct Input: Decodable {
        /// Words, each of which is somewhere in the name or the e-mail address.
        let search: Text<1, 100>?
        let pipelineStage: PipelineStage?
        let cursor: Cursor?
        let limit: Whole<1, 100>?
    }

    struct Output: Codable {
        let candidates: [Candidate]
        /// For the next page; null on the last one.
        let nextCursor: Cursor?
    }

    struct Candidate: Codable {
        let id: Identifier
        let name: String
        let email: String
        let phone: String?
        let pipelineStage: PipelineStage
        let interviewCount: Int
        let createdAt: Timestamp
        let updatedAt: Timestamp
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> Output {
        let size = input.limit?.value ?? 25
        let found: [Candidate] = try caller.database.rows(
            """
            SELECT id, name, email, phone, pipeline_stage, created_at, updated_at,
                (SELECT count(*) FROM async_interview WHERE candidate_id = c.id) AS interview_count
            FROM find_candidates(\(input.search), \(input.pipelineStage), \(input.cursor?.moment), \(input.cursor?.id),
                \(size + 1)::integer) c
            ORDER BY created_at DESC, id DESC
            """)
        let (page, next) = Cursor.page(found, of: size) { Cursor($0.createdAt, $0.id) }
        return Output(candidates: page, nextCursor: next)
    }
}
