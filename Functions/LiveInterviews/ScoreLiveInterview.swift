import Endpoint
import Identity
import Interviews
import LiveInterviews
import Postgres
import Validation

/// Saves an interviewer's own score of one question of a live interview as an evaluation.
@main struct ScoreLiveInterview: Endpoint {
    static let route = Route.post("/api/interviews/{id}/score")
    static let access = Access.recruiter
    static let summary = "Score a question of a live interview"
    static let failures: [Failure.Code] = [.notFound, .conflict]

    struct Input: Decodable {
        let id: Identifier
        let questionId: Identifier
        let score: Whole<1, 5>
        let notes: Text<0, 10_000>?
        /// The `updatedAt` of the evaluation that is changed, `none` for a first one.
        let version: SeenVersion
    }

    struct Output: Codable {
        let evaluation: Evaluation
        /// Whether the caller has scored every question now, and sees what the others gave.
        let isDone: Bool
    }

    struct Evaluation: Codable {
        let id: Identifier
        let questionId: Identifier
        let score: Int
        let notes: String?
        let updatedAt: Timestamp
    }

    private struct Saved: Decodable {
        let score: Int
        let updatedAt: Timestamp
    }

    private struct Progress: Decodable {
        let isDone: Bool
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> Output {
        try caller.database.transaction { transaction throws(Failure) in
            let live = try LiveInterview.hold(input.id, transaction)
            guard live.mayScore else { throw .denied("Only its interviewers score a live interview.") }
            guard live.status == .completed else {
                throw .conflict("An interview is scored once it is COMPLETED; this one is \(live.status.rawValue).")
            }
            try check(input, transaction)
            let evaluation = try save(input, transaction)
            let progress: Progress? = try transaction.row("SELECT has_scored_all(\(input.id), caller_account()) AS is_done")
            return Output(evaluation: evaluation, isDone: progress?.isDone ?? false)
        }
    }

    private func check(_ input: Input, _ transaction: Transaction) throws(Failure) {
        let saved: Saved? = try transaction.row(
            """
            SELECT score, updated_at FROM evaluation
            WHERE interview_id = \(input.id) AND question_id = \(input.questionId) AND evaluator_id = caller_account()
            """)
        guard !input.version.isCurrent(saved?.updatedAt) else { return }
        let words = saved.map { "version \($0.updatedAt), score \($0.score)" } ?? "none"
        throw .conflict(
            "You changed this score somewhere else meanwhile. Saved: \(words). Edited here: version \(input.version.words), score \(input.score.value).")
    }

    private func save(_ input: Input, _ transaction: Transaction) throws(Failure) -> Evaluation {
        let evaluation: Evaluation? = try transaction.row(
            """
            INSERT INTO evaluation (organization_id, interview_id, evaluator_id, question_id, score, notes)
            SELECT caller_organization(), i.id, caller_account(), q.id, \(input.score), \(input.notes)
            FROM interview i JOIN question q ON q.assessment_id = i.assessment_id
            WHERE i.id = \(input.id) AND q.id = \(input.questionId)
            ON CONFLICT (interview_id, evaluator_id, question_id)
            DO UPDATE SET score = excluded.score, notes = excluded.notes, updated_at = next_version(evaluation.updated_at)
            RETURNING id, question_id, score, notes, updated_at
            """)
        guard let evaluation else { throw .notFound("question of this interview") }
        return evaluation
    }
}
