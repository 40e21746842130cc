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

    private struct Refusal: Decodable {
        let contactEmail: String
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Candidate) throws(Failure) -> Output {
        try caller.database.transaction { transaction throws(Failure) in
            // So that a choice made at the same moment comes before or after.
            transaction.queue("SELECT FROM async_interview WHERE id = caller_interview() FOR UPDATE")
            let refusal: Refusal? = try transaction.row(
                """
                SELECT r.email AS contact_email FROM async_interview i JOIN account r ON r.id = i.created_by_id
                WHERE i.id = caller_interview() AND NOT consent_given(i.id, 'RECORDING') AND EXISTS (
                    SELECT FROM question q WHERE q.assessment_id = i.assessment_id AND q.type <> 'ASYNC_TEXT')
                """)
            if let refusal {
                throw .conflict(
                    "This interview asks for video answers, and you chose not to be recorded. That is fine: "
                        + "write to \(refusal.contactEmail) to find another way, or change your choice to go on here.")
            }
            return try start(transaction)
        }
    }

    private func start(_ transaction: Transaction) throws(Failure) -> Output {
        let started: Output? = try transaction.row(
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
        // A start that is told of without an opening.
        transaction.queue(
            """
            SELECT emit('interview.opened', jsonb_build_object('interviewId', id))
            FROM async_interview WHERE id = caller_interview() AND opened_at = now()
            """)
        return started
    }
}
