import Endpoint
import Identity
import Interviews
import Postgres
import Storage
import StoredObjects
import Validation

/// Makes a stored recording the candidate's answer to a question.
@main struct SaveResponse: Endpoint {
    static let route = Route.post("/api/candidate/interview/{token}/response")
    static let access = Access.candidateFinishing
    static let summary = "Use a take as the answer to a question"

    struct Input: Decodable {
        let questionId: Identifier
        let videoKey: Text<1, 200>
        let videoUrl: Text<1, 2000>
        let durationSeconds: Whole<1, 1900>
        let takeNumber: Whole<1, 7>
    }

    /// What the rules need to know.
    private struct Facts: Decodable {
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
    }

    private struct Arriving: Decodable {
        let mimeType: String
    }

    let objects: StoredObjects

    init(_ environment: Environment) throws(Failure) { objects = try StoredObjects(environment) }

    func handle(_ input: Input, from caller: Candidate) throws(Failure) -> SavedAnswer {
        if objects.store.isRemote { try confirmArrival(of: input.videoKey.value, caller.database) }
        return try caller.database.transaction { transaction throws(Failure) in
            let facts = try facts(input, transaction)
            try check(input, facts)
            if facts.earlierKey == input.videoKey.value { return try .read(input.questionId, transaction) }
            save(input, retakesUsed: max(input.takeNumber.value - 1, facts.earlierRetakes), transaction)
            if let take = facts.take { Takes.record(take.id, seconds: input.durationSeconds.value, transaction) }
            AnswerRules.noteOvertime(
                input.questionId, seconds: input.durationSeconds.value, limit: facts.timeLimitSeconds, transaction)
            return try .read(input.questionId, transaction)
        }
    }

    /// A remote store may not have told yet, or never will.
    private func confirmArrival(of key: String, _ database: Session) throws(Failure) {
        let arriving: Arriving? = try database.row(
            """
            SELECT mime_type FROM recording
            WHERE video_key = \(key) AND status = 'GRANTED' AND upload_name IS NULL
                AND NOT EXISTS (SELECT FROM blob WHERE key = video_key)
            """)
        if let arriving { _ = try objects.confirm(key, contentType: arriving.mimeType, in: database) }
    }

    /// Locks the interview, so that saving and submitting come one after the other, and the
    /// recording, so that this and the storage webhook agree on who starts the transcription.
    /// Only then looks at what there is.
    private func facts(_ input: Input, _ transaction: Transaction) throws(Failure) -> Facts {
        transaction.queue("SELECT FROM async_interview WHERE id = caller_interview() FOR UPDATE")
        transaction.queue("SELECT FROM recording WHERE video_key = \(input.videoKey) FOR UPDATE")
        let facts: Facts? = try transaction.row(
            """
            SELECT i.status, terms.time_limit_seconds, terms.retakes_allowed, deadline_notice(i.created_by_id),
                (SELECT type FROM question WHERE id = \(input.questionId)) AS type,
                r.id IS NOT NULL AS is_granted,
                EXISTS (SELECT FROM blob WHERE key = \(input.videoKey)) AS is_uploaded,
                i.deadline_at <= now() AND coalesce(t.begun_at, r.granted_at) > i.deadline_at AS is_late,
                CASE WHEN t.id IS NOT NULL THEN take_facts(t) END AS take,
                NOT EXISTS (SELECT FROM take WHERE question_id = t.question_id AND place > t.place) AS is_newest_take,
                v.video_key AS earlier_key, v.take_number AS earlier_take,
                greatest(v.retakes_used, (SELECT count(*) FROM take
                    WHERE question_id = \(input.questionId) AND state = 'RETAKEN')) AS earlier_retakes
            FROM async_interview i CROSS JOIN interview_terms(i.id) terms
            LEFT JOIN recording r ON r.video_key = \(input.videoKey) AND r.question_id = \(input.questionId)
            LEFT JOIN take t ON t.id = r.take_id
            LEFT JOIN video_response v ON v.async_interview_id = i.id AND v.question_id = \(input.questionId)
            WHERE i.id = caller_interview()
            """)
        guard let facts else { throw .notFound("interview") }
        return facts
    }

    private func check(_ input: Input, _ facts: Facts) throws(Failure) {
        try AnswerRules.checkStatus(facts.status)
        guard let type = facts.type else { throw AnswerRules.unknownQuestion }
        guard type != .asyncText else { throw AnswerRules.isWritten }
        guard input.videoUrl.value == objects.store.url(of: input.videoKey.value) else {
            throw .invalid("videoUrl", "must be the address that came with the videoKey")
        }
        guard facts.isGranted else {
            throw .invalid("videoKey", "was not granted for this question of this interview")
        }
        guard !facts.isLate else { throw .gone(facts.deadlineNotice) }
        guard facts.isUploaded else {
            throw .conflict("The recording has not arrived yet. Upload it first, then save it again.")
        }
        try AnswerRules.checkDuration(input.durationSeconds.value, limit: facts.timeLimitSeconds)
        // The same recording again is the same answer: whoever lost our reply may ask again.
        if facts.earlierKey == input.videoKey.value { return }
        if let take = facts.take {
            try check(input, take, isNewest: facts.isNewestTake)
        } else if input.takeNumber.value - 1 > facts.retakesAllowed {
            throw AnswerRules.noRetakeLeft(of: facts.retakesAllowed)
        }
        if let earlier = facts.earlierTake, input.takeNumber.value <= earlier {
            throw .conflict("Take \(earlier) was saved already. A new recording is take \(earlier + 1).")
        }
    }

    /// The ledger has counted the takes. One that was interrupted may turn out to be good enough, as
    /// long as no other was begun.
    private func check(_ input: Input, _ take: Take, isNewest: Bool) throws(Failure) {
        guard input.takeNumber.value == take.takeNumber else {
            throw .invalid("takeNumber", "must be that of the take, \(take.takeNumber)")
        }
        guard isNewest, take.state != .retaken else {
            throw .conflict("This take was given up when the answer was recorded again. Use the newest take.")
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
        transaction.queue("SELECT discard_before(\(input.videoKey))")
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
