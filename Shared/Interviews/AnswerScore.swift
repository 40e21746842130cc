public import Endpoint
public import Postgres
public import Validation

/// A reviewer's own score of one answer, as it is sent to be saved.
public struct AnswerScore: Decodable {
    public let id: Identifier
    public let questionId: Identifier
    public let score: Whole<1, 5>
    public let notes: Text<0, 10_000>?
    /// Why the score is not the suggested one.
    public let reason: Text<0, 2_000>?
    /// The `updatedAt` of the evaluation that is changed. Without it, the last one to save wins.
    public let version: SeenVersion?

    /// What became of it.
    public struct Saved: Codable {
        public let response: Response
        public let evaluation: Evaluation
    }

    public struct Response: Codable {
        public let id: Identifier
        public let questionId: Identifier
        public let recruiterScore: Int
        public let recruiterNotes: String?
    }

    public struct Evaluation: Codable {
        public let id: Identifier
        public let interviewId: Identifier
        public let evaluatorId: Identifier
        public let questionId: Identifier
        public let score: Int
        public let notes: String?
        public let updatedAt: Timestamp
    }

    private struct Interview: Decodable {
        let status: InterviewStatus
        let linkedInterviewId: Identifier
        let recommendation: Recommendation?
        let savedScore: Int?
        let savedAt: Timestamp?
    }
}

extension AnswerScore {
    /// Saves it as an evaluation of the linked interview, and what was suggested at that moment in the ledger.
    ///
    /// - Throws: `NOT_FOUND` for an answer that is not there, `CONFLICT` while or once it cannot be
    ///   scored, and when it was changed meanwhile.
    public func save(_ transaction: Transaction) throws(Failure) -> Saved {
        let interview: Interview? = try transaction.row(
            """
            SELECT i.status, l.id AS linked_interview_id, i.recommendation, e.score AS saved_score, e.updated_at AS saved_at
            FROM async_interview i JOIN interview l ON l.async_interview_id = i.id
            LEFT JOIN evaluation e ON e.interview_id = l.id AND e.evaluator_id = caller_account()
                AND e.question_id = \(questionId)
            WHERE i.id = \(id) FOR UPDATE OF i
            """)
        guard let interview else { throw .notFound("interview") }
        try check(against: interview)
        noteSuggestion(transaction)
        let evaluation = try evaluate(interview.linkedInterviewId, transaction)
        transaction.queue("CALL note_review(\(id))")
        if interview.savedScore == nil { tellWhenLast(of: interview.linkedInterviewId, transaction) }
        return Saved(response: try combine(evaluation, transaction), evaluation: evaluation)
    }

    private func check(against interview: Interview) throws(Failure) {
        guard interview.status == .submitted || interview.status == .reviewed else {
            throw .conflict("Answers can be scored once the candidate has submitted them.")
        }
        guard interview.recommendation == nil else {
            throw .conflict("This interview is decided, so its scores are closed. Reopen the review to change them.")
        }
        try version?.check(score: score.value, saved: interview.savedScore, since: interview.savedAt)
    }

    /// Adds to the ledger what this reviewer has not said in the same way last.
    private func noteSuggestion(_ transaction: Transaction) {
        transaction.queue(
            """
            INSERT INTO score_ledger (
                organization_id, async_interview_id, question_id, evaluator_id, suggested, engine_name, engine_version, given, reason)
            SELECT caller_organization(), v.async_interview_id, v.question_id, caller_account(), now.*
            FROM video_response v
            CROSS JOIN LATERAL (SELECT (v.ai_insights ->> 'suggestedScore')::integer AS suggested) s
            CROSS JOIN LATERAL (SELECT s.suggested, v.ai_insights -> 'engine' ->> 'name', v.ai_insights -> 'engine' ->> 'version',
                \(score), CASE WHEN s.suggested <> \(score) THEN nullif(trim(\(reason)::text), '') END) now
            LEFT JOIN LATERAL (
                SELECT suggested, engine_name, engine_version, given, reason FROM score_ledger
                WHERE async_interview_id = v.async_interview_id AND question_id = v.question_id
                    AND evaluator_id = caller_account() ORDER BY created_at DESC LIMIT 1) last ON true
            WHERE v.async_interview_id = \(id) AND v.question_id = \(questionId)
                AND row(now.*) IS DISTINCT FROM row(last.*)
            """)
    }

    private func evaluate(_ interview: Identifier, _ transaction: Transaction) throws(Failure) -> Evaluation {
        let evaluation: Evaluation? = try transaction.row(
            """
            INSERT INTO evaluation (organization_id, interview_id, evaluator_id, question_id, score, notes)
            SELECT caller_organization(), \(interview), caller_account(), question_id, \(score), \(notes)
            FROM video_response WHERE async_interview_id = \(id) AND question_id = \(questionId)
            ON CONFLICT (interview_id, evaluator_id, question_id)
            DO UPDATE SET score = excluded.score, notes = excluded.notes, updated_at = next_version(evaluation.updated_at)
            RETURNING id, interview_id, evaluator_id, question_id, score, notes, updated_at
            """)
        guard let evaluation else { throw .notFound("answer") }
        return evaluation
    }

    /// The first score of the last answer is the end of this reviewer's review.
    private func tellWhenLast(of linked: Identifier, _ transaction: Transaction) {
        transaction.queue(
            """
            SELECT emit('interview.scored', jsonb_build_object('interviewId', \(id), 'reviewerId', caller_account()))
            WHERE NOT EXISTS (
                SELECT FROM video_response v WHERE v.async_interview_id = \(id) AND NOT has_scored(\(linked), v.question_id))
            """)
    }

    private func combine(_ evaluation: Evaluation, _ transaction: Transaction) throws(Failure) -> Response {
        let response: Response? = try transaction.row(
            """
            UPDATE video_response SET recruiter_notes = \(notes), updated_at = now(), recruiter_score = (
                SELECT round(avg(score)) FROM evaluation
                WHERE interview_id = \(evaluation.interviewId) AND question_id = \(questionId))
            WHERE async_interview_id = \(id) AND question_id = \(questionId)
            RETURNING id, question_id, recruiter_score, recruiter_notes
            """)
        guard let response else { throw .internal("an answer that was scored is gone") }
        return response
    }
}
