import Endpoint
import Identity
import Interviews
import Postgres
import Validation

/// Notes that the candidate has begun. Beginning again changes nothing.
@main struct StartInterview: Endpoint {
    static let route = Route.post("/api/candidate/interview/{token}/start")
    static let access = Access.candidate
    static let summary = "Begin the interview"

    struct Input: Decodable {}

    struct Output: Codable {
        let status: InterviewStatus
        let startedAt: Timestamp
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Candidate) throws(Failure) -> Output {
        let started: Output? = try caller.database.row(
            """
            WITH linked AS (
                UPDATE interview SET status = 'IN_PROGRESS' WHERE async_interview_id = caller_interview())
            UPDATE async_interview
            SET status = 'IN_PROGRESS', opened_at = coalesce(opened_at, now()), started_at = coalesce(started_at, now()),
                last_active_at = now(), updated_at = now()
            WHERE id = caller_interview() AND status IN ('SENT', 'OPENED', 'IN_PROGRESS')
            RETURNING status, started_at
            """)
        guard let started else { throw .conflict("This interview was submitted and can no longer be changed.") }
        return started
    }
}
