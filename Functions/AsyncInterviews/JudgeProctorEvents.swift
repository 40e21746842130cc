import Endpoint
import Identity
import Interviews
import Postgres
import Validation

/// Confirms or dismisses, with a reason, the events of one kind in one question. What was said
/// before stays in the report; the newest counts.
@main struct JudgeProctorEvents: Endpoint {
    static let route = Route.post("/api/async-interviews/{id}/proctors/dispositions")
    static let access = Access.recruiter
    static let summary = "Confirm or dismiss events of the integrity report"
    static let success = Success.created
    static let failures: [Failure.Code] = [.notFound]

    struct Input: Decodable {
        let id: Identifier
        let eventType: ProctorEventType
        /// Left out for the events between questions.
        let questionId: Identifier?
        let disposition: Disposition
        let reason: Text<1, 2_000>
    }

    init(_ environment: Environment) {}

    /// - Returns: the report as it is now.
    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> ProctorReport {
        try caller.database.transaction { transaction throws(Failure) in
            transaction.queue(
                """
                INSERT INTO proctor_disposition (
                    organization_id, async_interview_id, account_id, event_type, question_id, disposition, reason)
                SELECT caller_organization(), \(input.id), caller_account(), \(input.eventType), \(input.questionId),
                    \(input.disposition), \(input.reason)
                WHERE EXISTS (
                    SELECT FROM proctor_log WHERE async_interview_id = \(input.id) AND event_type = \(input.eventType)
                        AND question_id IS NOT DISTINCT FROM \(input.questionId))
                """)
            let report: ProctorReport? = try transaction.row(ProctorReport.query(input.id))
            guard let report else { throw .notFound("interview") }
            guard report.holds(input.eventType, in: input.questionId) else { throw .notFound("event") }
            return report
        }
    }
}
