import Endpoint
import Events
import JSON
import Postgres
import Validation

/// Closes an interview whose deadline has passed without submission, and the evaluation's record
/// with it. What was begun in time may be finished until the grace ends, and is closed then.
@main struct ExpireInterview: Endpoint {
    static let route = Route.post("/api/webhooks/deadlines/passed")
    static let access = Access.event(.deadlinePassed)
    static let summary = "Webhook: close an interview whose deadline has passed"
    static let success = Success.noContent
    static let failures: [Failure.Code] = [.notFound]

    struct Input: Decodable {
        let interviewId: Identifier
        /// The plan that foresaw it.
        let planId: Identifier
    }

    private struct Row: Decodable {
        /// Whether that plan is for the deadline that holds, and the interview is not closed yet.
        let isCurrent: Bool
        let isOver: Bool
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Service) throws(Failure) -> Nothing {
        try caller.once { transaction throws(Failure) in
            transaction.queue("SELECT FROM async_interview WHERE id = \(input.interviewId) FOR UPDATE")
            let row: Row? = try transaction.row(
                """
                SELECT status IN ('SENT', 'OPENED', 'IN_PROGRESS') AND EXISTS (
                        SELECT FROM deadline_plan p
                        WHERE p.async_interview_id = i.id AND p.id = \(input.planId) AND p.deadline_at = i.deadline_at)
                        AS is_current,
                    status_now(status, deadline_at) = 'EXPIRED' AS is_over
                FROM async_interview i WHERE id = \(input.interviewId)
                """)
            guard let row else { throw .notFound("interview") }
            guard row.isCurrent else { return }
            if row.isOver { expire(input, transaction) } else { comeBack(input, transaction) }
        }
        return Nothing()
    }

    private func expire(_ input: Input, _ transaction: Transaction) {
        transaction.queue(
            """
            WITH linked AS (
                UPDATE interview SET status = 'CANCELLED' WHERE async_interview_id = \(input.interviewId))
            UPDATE async_interview SET status = 'EXPIRED', updated_at = now() WHERE id = \(input.interviewId)
            """)
        transaction.emit(.interviewExpired, ["interviewId": .string(input.interviewId.description)])
    }

    /// It came early, or something that was begun in time may still be finished.
    private func comeBack(_ input: Input, _ transaction: Transaction) {
        transaction.queue(
            """
            SELECT emit('interview.deadline-passed',
                jsonb_build_object('interviewId', id, 'deadlineAt', deadline_at, 'planId', \(input.planId)),
                CASE WHEN deadline_at > now() THEN deadline_at ELSE grace_ends_at(deadline_at) END)
            FROM async_interview WHERE id = \(input.interviewId)
            """)
    }
}
