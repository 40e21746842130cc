public import Endpoint
public import Postgres
public import Validation

/// A recording that the caller wants to have as the answer to a question.
public struct RecordedAnswer: Sendable {
    let questionId: Identifier
    let videoKey: String
    let durationSeconds: Int
    let takeNumber: Int

    public init(to question: Identifier, videoKey: String, durationSeconds: Int, takeNumber: Int) {
        questionId = question
        self.videoKey = videoKey
        self.durationSeconds = durationSeconds
        self.takeNumber = takeNumber
    }

    /// Puts it in the place of whatever answered the question before. What is the answer already stays untouched.
    public func save(_ facts: RecordingFacts, _ transaction: Transaction) {
        guard facts.earlierKey != videoKey else { return }
        write(retakesUsed: max(takeNumber - 1, facts.earlierRetakes), transaction)
        if let take = facts.take { Takes.record(take.id, seconds: durationSeconds, transaction) }
        AnswerRules.noteOvertime(questionId, seconds: durationSeconds, limit: facts.timeLimitSeconds, transaction)
    }

    /// Another recording starts transcript and insights over. When the storage webhook has already
    /// been here, it is on us to say that the answer can be transcribed.
    private func write(retakesUsed: Int, _ transaction: Transaction) {
        transaction.queue(
            """
            INSERT INTO video_response (
                organization_id, async_interview_id, question_id, candidate_id, status, video_key, duration_seconds,
                take_number, retakes_used, started_at, submitted_at)
            SELECT organization_id, id, \(questionId), candidate_id, 'SUBMITTED', \(videoKey),
                \(durationSeconds), \(takeNumber), \(retakesUsed), now(), now()
            FROM async_interview WHERE id = caller_interview()
            ON CONFLICT (async_interview_id, question_id) DO UPDATE SET
                status = 'SUBMITTED', video_key = excluded.video_key, duration_seconds = excluded.duration_seconds,
                take_number = excluded.take_number, retakes_used = excluded.retakes_used,
                submitted_at = now(), updated_at = now(),
                transcript = NULL, transcript_status = 'pending', transcript_data = NULL,
                transcript_problem = NULL, ai_insights = NULL
            """)
        transaction.queue("SELECT discard_before(\(videoKey))")
        transaction.queue("UPDATE async_interview SET last_active_at = now() WHERE id = caller_interview()")
        transaction.queue(
            """
            SELECT emit('response.recorded', jsonb_build_object('videoResponseId', v.id))
            FROM video_response v JOIN recording r ON r.video_key = v.video_key AND r.status = 'STORED'
            WHERE v.async_interview_id = caller_interview() AND v.question_id = \(questionId)
                AND consent_given(v.async_interview_id, 'TRANSCRIPTION')
            """)
    }
}

/// What the rules about a recording as an answer need to know.
public struct RecordingFacts: Decodable {
    let status: InterviewStatus
    let timeLimitSeconds: Int
    let retakesAllowed: Int
    /// Null when the question is none of this interview's.
    let type: QuestionType?
    let isGranted: Bool
    let isUploaded: Bool
    /// Whether it is too late for what did not begin in time.
    let isLate: Bool
    let deadlineNotice: String
    /// The take that the recording is of; null when the page has told of none.
    let take: Take?
    let isNewestTake: Bool
    let earlierKey: String?
    let earlierTake: Int?
    let earlierRetakes: Int

    /// Locks the interview, so that saving and submitting come one after the other, and the
    /// recording, so that this and the storage webhook agree on who starts the transcription.
    /// Only then looks at what there is.
    public static func read(_ answer: RecordedAnswer, _ transaction: Transaction) throws(Failure) -> RecordingFacts {
        let (question, key) = (answer.questionId, answer.videoKey)
        transaction.queue("SELECT FROM async_interview WHERE id = caller_interview() FOR UPDATE")
        transaction.queue("SELECT FROM recording WHERE video_key = \(key) FOR UPDATE")
        let facts: RecordingFacts? = try transaction.row(
            """
            SELECT i.status, terms.time_limit_seconds, terms.retakes_allowed, deadline_notice(i.created_by_id),
                (SELECT type FROM question WHERE id = \(question)) AS type,
                r.id IS NOT NULL AS is_granted,
                EXISTS (SELECT FROM blob WHERE key = \(key)) AS is_uploaded,
                i.deadline_at <= now() AND coalesce(t.begun_at, r.granted_at) > i.deadline_at AS is_late,
                CASE WHEN t.id IS NOT NULL THEN take_facts(t) END AS take,
                NOT EXISTS (SELECT FROM take WHERE question_id = t.question_id AND place > t.place) AS is_newest_take,
                v.video_key AS earlier_key, v.take_number AS earlier_take,
                greatest(v.retakes_used, (SELECT count(*) FROM take
                    WHERE question_id = \(question) AND state = 'RETAKEN')) AS earlier_retakes
            FROM async_interview i CROSS JOIN interview_terms(i.id) terms
            LEFT JOIN recording r ON r.video_key = \(key) AND r.question_id = \(question)
            LEFT JOIN take t ON t.id = r.take_id
            LEFT JOIN video_response v ON v.async_interview_id = i.id AND v.question_id = \(question)
            WHERE i.id = caller_interview()
            """)
        guard let facts else { throw .notFound("interview") }
        return facts
    }

    /// - Throws: `CONFLICT` when the interview does not run, `VALIDATION_FAILED` for a question that cannot be answered so.
    public func checkQuestion() throws(Failure) {
        try AnswerRules.checkStatus(status)
        guard let type else { throw AnswerRules.unknownQuestion }
        guard type != .asyncText else { throw AnswerRules.isWritten }
    }

    /// - Throws: `VALIDATION_FAILED`, `GONE` after the deadline, `CONFLICT` when it cannot be the answer now.
    public func check(_ answer: RecordedAnswer) throws(Failure) {
        guard isGranted else {
            throw .invalid("videoKey", "was not granted for this question of this interview")
        }
        guard !isLate else { throw .gone(deadlineNotice) }
        guard isUploaded else {
            throw .conflict("The recording has not arrived yet. Upload it first, then save it again.")
        }
        try AnswerRules.checkDuration(answer.durationSeconds, limit: timeLimitSeconds)
        // The same recording again is the same answer: whoever lost our reply may ask again.
        if earlierKey == answer.videoKey { return }
        if let take {
            try check(answer, take)
        } else if answer.takeNumber - 1 > retakesAllowed {
            throw AnswerRules.noRetakeLeft(of: retakesAllowed)
        }
        if let earlierTake, answer.takeNumber <= earlierTake {
            throw .conflict("Take \(earlierTake) was saved already. A new recording is take \(earlierTake + 1).")
        }
    }

    /// The ledger has counted the takes. One that was interrupted may turn out to be good enough, as
    /// long as no other was begun.
    private func check(_ answer: RecordedAnswer, _ take: Take) throws(Failure) {
        guard answer.takeNumber == take.takeNumber else {
            throw .invalid("takeNumber", "must be that of the take, \(take.takeNumber)")
        }
        guard isNewestTake, take.state != .retaken else {
            throw .conflict("This take was given up when the answer was recorded again. Use the newest take.")
        }
    }
}
