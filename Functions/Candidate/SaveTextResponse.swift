import Endpoint
import Identity
import Interviews
import Postgres
import Validation

/// Saves a written answer. It can be written anew until the interview is submitted.
@main struct SaveTextResponse: Endpoint {
    static let route = Route.post("/api/candidate/interview/{token}/text-response")
    static let access = Access.candidateFinishing
    static let summary = "Answer a question in writing"

    struct Input: Decodable {
        let questionId: Identifier
        let text: Text<1, 10_000>
        /// How long it took to write.
        let durationSeconds: Whole<1, 1900>
    }

    /// What the rules need to know.
    private struct Facts: Decodable {
        let status: InterviewStatus
        let timeLimitSeconds: Int
        /// Null when the question is none of this interview's.
        let type: QuestionType?
        let isSaved: Bool
        /// Whether it is too late for what was not opened in time.
        let isLate: Bool
        let deadlineNotice: String
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Candidate) throws(Failure) -> SavedAnswer {
        try caller.database.transaction { transaction throws(Failure) in
            let facts = try facts(input, transaction)
            try check(input, facts)
            if !facts.isSaved {
                save(input, transaction)
                AnswerRules.noteOvertime(
                    input.questionId, seconds: input.durationSeconds.value, limit: facts.timeLimitSeconds, transaction)
            }
            return try .read(input.questionId, transaction)
        }
    }

    /// Locks the interview, so that saving and submitting come one after the other.
    private func facts(_ input: Input, _ transaction: Transaction) throws(Failure) -> Facts {
        transaction.queue("SELECT FROM async_interview WHERE id = caller_interview() FOR UPDATE")
        let facts: Facts? = try transaction.row(
            """
            SELECT i.status, terms.time_limit_seconds, deadline_notice(i.created_by_id), (SELECT type FROM question WHERE id = \(input.questionId)) AS type,
                EXISTS (SELECT FROM video_response
                    WHERE question_id = \(input.questionId) AND text_answer = \(input.text)) AS is_saved,
                i.deadline_at <= now() AND NOT EXISTS (SELECT FROM opened_question
                    WHERE question_id = \(input.questionId) AND opened_at <= i.deadline_at) AS is_late
            FROM async_interview i CROSS JOIN interview_terms(i.id) terms WHERE i.id = caller_interview()
            """)
        guard let facts else { throw .notFound("interview") }
        return facts
    }

    private func check(_ input: Input, _ facts: Facts) throws(Failure) {
        try AnswerRules.checkStatus(facts.status)
        guard let type = facts.type else { throw AnswerRules.unknownQuestion }
        guard type == .asyncText else { throw AnswerRules.isSpoken }
        guard !facts.isLate else { throw .gone(facts.deadlineNotice) }
        try AnswerRules.checkDuration(input.durationSeconds.value, limit: facts.timeLimitSeconds)
    }

    /// Another text starts the insights over.
    private func save(_ input: Input, _ transaction: Transaction) {
        transaction.queue(
            """
            INSERT INTO video_response (
                organization_id, async_interview_id, question_id, candidate_id, status, text_answer, duration_seconds,
                transcript_status, started_at, submitted_at)
            SELECT organization_id, id, \(input.questionId), candidate_id, 'SUBMITTED', \(input.text),
                \(input.durationSeconds), 'complete', now(), now()
            FROM async_interview WHERE id = caller_interview()
            ON CONFLICT (async_interview_id, question_id) DO UPDATE SET
                status = 'SUBMITTED', text_answer = excluded.text_answer, duration_seconds = excluded.duration_seconds,
                submitted_at = now(), updated_at = now(), ai_insights = NULL
            """)
        transaction.queue("UPDATE async_interview SET last_active_at = now() WHERE id = caller_interview()")
        transaction.queue(
            """
            UPDATE opened_question SET draft = NULL
            WHERE async_interview_id = caller_interview() AND question_id = \(input.questionId)
            """)
        transaction.queue(
            """
            SELECT emit('response.transcribed', jsonb_build_object('videoResponseId', id)) FROM video_response
            WHERE async_interview_id = caller_interview() AND question_id = \(input.questionId)
                AND consent_given(async_interview_id, 'ANALYSIS')
            """)
    }
}
