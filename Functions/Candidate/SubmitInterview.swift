import Endpoint
import Events
import Identity
import Interviews
import JSON
import Postgres
import Validation

/// Hands in all answers. This cannot be undone.
@main struct SubmitInterview: Endpoint {
    static let route = Route.post("/api/candidate/interview/{token}/submit")
    static let access = Access.candidateFinishing
    static let summary = "Submit all answers"

    struct Input: Decodable {}

    struct Output: Codable {
        let status: InterviewStatus
        let submittedAt: Timestamp
        let outroMessage: String?
        let answerCount: Int
    }

    private struct Facts: Decodable {
        let id: Identifier
        let status: InterviewStatus
        let outroMessage: String?
        let answerCount: Int
        let unanswered: [Int]
        let now: Timestamp
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Candidate) throws(Failure) -> Output {
        try caller.database.transaction { transaction throws(Failure) in
            let facts = try facts(transaction)
            guard facts.status == .inProgress else {
                throw .conflict(
                    facts.status == .submitted || facts.status == .reviewed
                        ? "This interview was submitted already."
                        : "Begin the interview and answer its questions before you submit it.")
            }
            guard facts.unanswered.isEmpty else {
                let list = facts.unanswered.map(String.init).joined(separator: ", ")
                throw .conflict("Not every question is answered. Still open: \(list).")
            }
            transaction.queue(
                """
                WITH linked AS (
                    UPDATE interview SET status = 'COMPLETED' WHERE async_interview_id = caller_interview())
                UPDATE async_interview SET status = 'SUBMITTED', submitted_at = now(), last_active_at = now(),
                    ai_analysis_status = 'processing', updated_at = now()
                WHERE id = caller_interview()
                """)
            transaction.emit(.interviewSubmitted, ["interviewId": .string(facts.id.description)])
            transaction.queue("SELECT complete_analysis(caller_interview())")
            return Output(
                status: .submitted, submittedAt: facts.now, outroMessage: facts.outroMessage,
                answerCount: facts.answerCount)
        }
    }

    private func facts(_ transaction: Transaction) throws(Failure) -> Facts {
        transaction.queue("SELECT FROM async_interview WHERE id = caller_interview() FOR UPDATE")
        let facts: Facts? = try transaction.row(
            """
            SELECT i.id, i.status, i.outro_message, now(),
                (SELECT count(*) FROM video_response WHERE async_interview_id = i.id) AS answer_count,
                (SELECT coalesce(json_agg(q.position ORDER BY q.position), '[]') FROM question q
                 WHERE q.assessment_id = i.assessment_id AND NOT EXISTS (
                     SELECT FROM video_response v LEFT JOIN blob b ON b.key = v.video_key
                     WHERE v.async_interview_id = i.id AND v.question_id = q.id AND v.status = 'SUBMITTED'
                         AND (b.key IS NOT NULL OR v.text_answer IS NOT NULL)))
                    AS unanswered
            FROM async_interview i WHERE i.id = caller_interview()
            """)
        guard let facts else { throw .notFound("interview") }
        return facts
    }
}
