import Endpoint
import Identity
import Interviews
import Postgres
import Storage
import Validation

/// Makes a stored recording the candidate's answer to a question.
@main struct SaveResponse: Endpoint {
    static let route = Route.post("/api/candidate/interview/{token}/response")
    static let access = Access.candidate
    static let summary = "Use a take as the answer to a question"

    struct Input: Decodable {
        let questionId: Identifier
        let videoKey: Text<1, 200>
        let videoUrl: Text<1, 2000>
        let durationSeconds: Whole<1, 700>
        let takeNumber: Whole<1, 4>
    }

    /// What the rules need to know.
    private struct Facts: Decodable {
        let status: InterviewStatus
        let timeLimitSeconds: Int
        let retakesAllowed: Int
        let isWritten: Bool
        let isGranted: Bool
        let isUploaded: Bool
        let earlierKey: String?
        let earlierTake: Int?
        let earlierRetakes: Int?
    }

    let store: LocalStore

    init(_ environment: Environment) throws(Failure) { store = try LocalStore(environment) }

    func handle(_ input: Input, from caller: Candidate) throws(Failure) -> SavedAnswer {
        try caller.database.transaction { transaction throws(Failure) in
            let facts = try facts(input, transaction)
            try check(input, facts)
            if facts.earlierKey == input.videoKey.value { return try .read(input.questionId, transaction) }
            save(input, retakesUsed: max(input.takeNumber.value - 1, facts.earlierRetakes ?? 0), transaction)
            AnswerRules.noteOvertime(
                input.questionId, seconds: input.durationSeconds.value, limit: facts.timeLimitSeconds, transaction)
            return try .read(input.questionId, transaction)
        }
    }

    /// Locks the interview, so that saving and submitting come one after the other, and the
    /// recording, so that this and the storage webhook agree on who starts the transcription.
    /// Only then looks at what there is.
    private func facts(_ input: Input, _ transaction: Transaction) throws(Failure) -> Facts {
        transaction.queue("SELECT FROM async_interview WHERE id = caller_interview() FOR UPDATE")
        transaction.queue("SELECT FROM recording WHERE video_key = \(input.videoKey) FOR UPDATE")
        let facts: Facts? = try transaction.row(
            """
            SELECT i.status, i.time_limit_seconds, retakes_allowed(i.retake_policy),
                EXISTS (SELECT FROM question WHERE id = \(input.questionId) AND type = 'ASYNC_TEXT') AS is_written,
                EXISTS (SELECT FROM recording
                    WHERE video_key = \(input.videoKey) AND question_id = \(input.questionId)) AS is_granted,
                EXISTS (SELECT FROM blob WHERE key = \(input.videoKey)) AS is_uploaded,
                v.video_key AS earlier_key, v.take_number AS earlier_take, v.retakes_used AS earlier_retakes
            FROM async_interview i
            LEFT JOIN video_response v ON v.async_interview_id = i.id AND v.question_id = \(input.questionId)
            WHERE i.id = caller_interview()
            """)
        guard let facts else { throw .notFound("interview") }
        return facts
    }

    private func check(_ input: Input, _ facts: Facts) throws(Failure) {
        try AnswerRules.checkStatus(facts.status)
        guard !facts.isWritten else { throw .invalid("questionId", "is a question that is answered in writing") }
        guard input.videoUrl.value == store.url(of: input.videoKey.value) else {
            throw .invalid("videoUrl", "must be the address that came with the videoKey")
        }
        guard facts.isGranted else {
            throw .invalid("videoKey", "was not granted for this question of this interview")
        }
        guard facts.isUploaded else {
            throw .conflict("The recording has not arrived yet. Upload it first, then save it again.")
        }
        try AnswerRules.checkDuration(input.durationSeconds.value, limit: facts.timeLimitSeconds)
        // The same recording again is the same answer: whoever lost our reply may ask again.
        if facts.earlierKey == input.videoKey.value { return }
        guard input.takeNumber.value - 1 <= facts.retakesAllowed else {
            throw .conflict("No retake is left: this interview allows \(facts.retakesAllowed).")
        }
        if let earlier = facts.earlierTake, input.takeNumber.value <= earlier {
            throw .conflict("Take \(earlier) was saved already. A new recording is take \(earlier + 1).")
        }
    }

    /// Another recording starts transcript and insights over. When the storage webhook has already
    /// been here, it is on us to say that the answer can be transcribed.
    private func save(_ input: Input, retakesUsed: Int, _ transaction: Transaction) {
        transaction.queue(
            """
            INSERT INTO video_response (
                organization_id, async_interview_id, question_id, candidate_id, status, video_key, duration_seconds,
                take_number, retakes_used, started_at, submitted_at)
            SELECT organization_id, id, \(input.questionId), candidate_id, 'SUBMITTED', \(input.videoKey),
                \(input.durationSeconds), \(input.takeNumber), \(retakesUsed), now(), now()
            FROM async_interview WHERE id = caller_interview()
            ON CONFLICT (async_interview_id, question_id) DO UPDATE SET
                status = 'SUBMITTED', video_key = excluded.video_key, duration_seconds = excluded.duration_seconds,
                take_number = excluded.take_number, retakes_used = excluded.retakes_used,
                submitted_at = now(), updated_at = now(),
                transcript = NULL, transcript_status = 'pending', transcript_data = NULL,
                transcript_problem = NULL, ai_insights = NULL
            """)
        transaction.queue("UPDATE async_interview SET last_active_at = now() WHERE id = caller_interview()")
        transaction.queue(
            """
            SELECT emit('response.recorded', jsonb_build_object('videoResponseId', v.id))
            FROM video_response v JOIN recording r ON r.video_key = v.video_key AND r.status = 'STORED'
            WHERE v.async_interview_id = caller_interview() AND v.question_id = \(input.questionId)
                AND consent_given(v.async_interview_id, 'TRANSCRIPTION')
            """)
    }
}
