public import Endpoint
import Interviews
public import Postgres
import Validation

/// An interviewer's own score of one question of a live interview, as it is sent to be saved.
public struct LiveScore: Decodable {
    let id: Identifier
    let questionId: Identifier
    let score: Whole<1, 5>
    let notes: Text<0, 10_000>?
    /// The `updatedAt` of the evaluation that is changed, `none` for a first one.
    let version: SeenVersion

    /// What became of it.
    public struct Saved: Codable {
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

    private struct Known: Decodable {
        let score: Int
        let updatedAt: Timestamp
    }

    private struct Progress: Decodable {
        let isDone: Bool
    }
}

extension LiveScore {
    /// Saves it as an evaluation.
    ///
    /// - Throws: `NOT_FOUND`, `ACCESS_DENIED` to whoever is none of its interviewers, `CONFLICT` before the interview is
    ///   completed and when the score was changed meanwhile.
    public func save(_ transaction: Transaction) throws(Failure) -> Saved {
        let live = try LiveInterview.hold(id, transaction)
        guard live.mayScore else { throw .denied("Only its interviewers score a live interview.") }
        guard live.status == .completed else {
            throw .conflict("An interview is scored once it is COMPLETED; this one is \(live.status.rawValue).")
        }
        try checkVersion(transaction)
        let evaluation = try evaluate(transaction)
        let progress: Progress? = try transaction.row("SELECT has_scored_all(\(id), caller_account()) AS is_done")
        return Saved(evaluation: evaluation, isDone: progress?.isDone ?? false)
    }

    private func checkVersion(_ transaction: Transaction) throws(Failure) {
        let known: Known? = try transaction.row(
            """
            SELECT score, updated_at FROM evaluation
            WHERE interview_id = \(id) AND question_id = \(questionId) AND evaluator_id = caller_account()
            """)
        try version.check(score: score.value, saved: known?.score, since: known?.updatedAt)
    }

    private func evaluate(_ transaction: Transaction) throws(Failure) -> Evaluation {
        let evaluation: Evaluation? = try transaction.row(
            """
            INSERT INTO evaluation (organization_id, interview_id, evaluator_id, question_id, score, notes)
            SELECT caller_organization(), i.id, caller_account(), q.id, \(score), \(notes)
            FROM interview i JOIN question q ON q.assessment_id = i.assessment_id
            WHERE i.id = \(id) AND q.id = \(questionId)
            ON CONFLICT (interview_id, evaluator_id, question_id)
            DO UPDATE SET score = excluded.score, notes = excluded.notes, updated_at = next_version(evaluation.updated_at)
            RETURNING id, question_id, score, notes, updated_at
            """)
        guard let evaluation else { throw .notFound("question of this interview") }
        return evaluation
    }
}
