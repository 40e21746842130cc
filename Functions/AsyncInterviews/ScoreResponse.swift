import Endpoint
import Identity
import Interviews
import Postgres
import Validation

/// Saves a reviewer's score of one answer, and the same score as an evaluation of the linked interview.
@main struct ScoreResponse: Endpoint {
    static let route = Route.post("/api/async-interviews/{id}/score")
    static let access = Access.recruiter
    static let summary = "Score an answer"
    static let failures: [Failure.Code] = [.notFound, .conflict]

    struct Input: Decodable {
        let id: Identifier
        let questionId: Identifier
        let score: Whole<1, 5>
        let notes: Text<0, 10_000>?
    }

    struct Output: Codable {
        let response: Response
        let evaluation: Evaluation
    }

    struct Response: Codable {
        let id: Identifier
        let questionId: Identifier
        let recruiterScore: Int
        let recruiterNotes: String?
    }

    struct Evaluation: Codable {
        let id: Identifier
        let interviewId: Identifier
        let evaluatorId: Identifier
        let questionId: Identifier
        let score: Int
        let notes: String?
        let updatedAt: Timestamp
    }

    private struct Interview: Decodable {
        let status: InterviewStatus
        let linkedInterviewId: Identifier
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> Output {
        try caller.database.transaction { transaction throws(Failure) in
            let interview: Interview? = try transaction.row(
                """
                SELECT i.status, l.id AS linked_interview_id
                FROM async_interview i JOIN interview l ON l.async_interview_id = i.id
                WHERE i.id = \(input.id) FOR UPDATE OF i
                """)
            guard let interview else { throw .notFound("interview") }
            guard interview.status == .submitted || interview.status == .reviewed else {
                throw .conflict("Answers can be scored once the candidate has submitted them.")
            }
            let response: Response? = try transaction.row(
                """
                UPDATE video_response
                SET recruiter_score = \(input.score), recruiter_notes = \(input.notes), updated_at = now()
                WHERE async_interview_id = \(input.id) AND question_id = \(input.questionId)
                RETURNING id, question_id, recruiter_score, recruiter_notes
                """)
            guard let response else { throw .notFound("answer") }
            noteReview(of: input.id, transaction)
            return Output(
                response: response, evaluation: try evaluation(input, of: interview.linkedInterviewId, transaction))
        }
    }

    private func evaluation(
        _ input: Input, of interview: Identifier, _ transaction: Transaction
    ) throws(Failure) -> Evaluation {
        let evaluation: Evaluation? = try transaction.row(
            """
            INSERT INTO evaluation (organization_id, interview_id, evaluator_id, question_id, score, notes)
            VALUES (caller_organization(), \(interview), caller_account(), \(input.questionId), \(input.score), \(input.notes))
            ON CONFLICT (interview_id, evaluator_id, question_id)
            DO UPDATE SET score = excluded.score, notes = excluded.notes, updated_at = now()
            RETURNING id, interview_id, evaluator_id, question_id, score, notes, updated_at
            """)
        guard let evaluation else { throw .internal("an evaluation was not saved") }
        return evaluation
    }

    /// An interview is reviewed once every answer has a score.
    private func noteReview(of id: Identifier, _ transaction: Transaction) {
        transaction.queue(
            """
            UPDATE async_interview
            SET status = 'REVIEWED', reviewed_by_id = caller_account(), reviewed_at = now(), updated_at = now()
            WHERE id = \(id) AND status = 'SUBMITTED' AND NOT EXISTS (
                SELECT FROM video_response WHERE async_interview_id = \(id) AND recruiter_score IS NULL)
            """)
    }
}
