public import Endpoint
public import Postgres
public import Validation

/// A text that the caller wants to have as the answer to a question.
public struct WrittenAnswer: Sendable {
    private let questionId: Identifier
    private let text: String
    private let durationSeconds: Int

    /// - Parameter seconds: how long it took to write.
    public init(to question: Identifier, text: String, seconds: Int) {
        questionId = question
        self.text = text
        durationSeconds = seconds
    }

    /// What the rules need to know.
    private struct Facts: Decodable {
        let status: InterviewStatus
        let timeLimitSeconds: Int
        /// Null when the question is none of this interview's.
        let type: QuestionType?
        /// The page that goes on with the interview; null before the first question was opened.
        let holder: Identifier?
        let isSaved: Bool
        /// Whether it is too late for what was not opened in time.
        let isLate: Bool
        let deadlineNotice: String
    }

    /// Puts it in the place of what was written before, if the rules allow it. What is the answer already stays untouched.
    ///
    /// - Parameter session: the page that wrote it; nil for whoever has no pages.
    /// - Throws: `CONFLICT` when the interview does not run, `GONE` after the deadline, `TAKEN_OVER`, `VALIDATION_FAILED`.
    public func save(from session: Identifier?, _ transaction: Transaction) throws(Failure) {
        let facts = try facts(transaction)
        try check(facts)
        if facts.isSaved { return }
        if let session { try AnswerRules.checkHolder(facts.holder, is: session) }
        write(transaction)
        AnswerRules.noteOvertime(questionId, seconds: durationSeconds, limit: facts.timeLimitSeconds, transaction)
    }

    /// Locks the interview, so that saving and submitting come one after the other.
    private func facts(_ transaction: Transaction) throws(Failure) -> Facts {
        transaction.queue("SELECT FROM async_interview WHERE id = caller_interview() FOR UPDATE")
        let facts: Facts? = try transaction.row(
            """
            SELECT i.status, terms.time_limit_seconds, deadline_notice(i.created_by_id),
                (SELECT type FROM question WHERE id = \(questionId)) AS type,
                (SELECT page_session FROM active_page WHERE async_interview_id = i.id) AS holder,
                EXISTS (SELECT FROM video_response WHERE question_id = \(questionId) AND text_answer = \(text)) AS is_saved,
                i.deadline_at <= now() AND NOT EXISTS (SELECT FROM opened_question
                    WHERE question_id = \(questionId) AND opened_at <= i.deadline_at) AS is_late
            FROM async_interview i CROSS JOIN interview_terms(i.id) terms WHERE i.id = caller_interview()
            """)
        guard let facts else { throw .notFound("interview") }
        return facts
    }

    private func check(_ facts: Facts) throws(Failure) {
        try AnswerRules.checkStatus(facts.status)
        guard let type = facts.type else { throw AnswerRules.unknownQuestion }
        guard type == .asyncText else { throw AnswerRules.isSpoken }
        guard !facts.isLate else { throw .gone(facts.deadlineNotice) }
        try AnswerRules.checkDuration(durationSeconds, limit: facts.timeLimitSeconds)
    }

    /// Another text starts the insights over.
    private func write(_ transaction: Transaction) {
        transaction.queue(
            """
            INSERT INTO video_response (
                organization_id, async_interview_id, question_id, candidate_id, status, text_answer, duration_seconds,
                transcript_status, started_at, submitted_at)
            SELECT organization_id, id, \(questionId), candidate_id, 'SUBMITTED', \(text),
                \(durationSeconds), 'complete', now(), now()
            FROM async_interview WHERE id = caller_interview()
            ON CONFLICT (async_interview_id, question_id) DO UPDATE SET
                status = 'SUBMITTED', text_answer = excluded.text_answer, duration_seconds = excluded.duration_seconds,
                submitted_at = now(), updated_at = now(), ai_insights = NULL
            """)
        transaction.queue("UPDATE async_interview SET last_active_at = now() WHERE id = caller_interview()")
        transaction.queue(
            """
            UPDATE opened_question SET draft = NULL
            WHERE async_interview_id = caller_interview() AND question_id = \(questionId)
            """)
        transaction.queue(
            """
            SELECT emit('response.transcribed', jsonb_build_object('videoResponseId', id)) FROM video_response
            WHERE async_interview_id = caller_interview() AND question_id = \(questionId)
                AND consent_given(async_interview_id, 'ANALYSIS')
            """)
    }
}
