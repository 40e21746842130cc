import Endpoint
import Identity
import Interviews
import Postgres
import Storage
import Validation

/// Opens a question, or opens it again after a reload or on another device: whichever page did so
/// last goes on with the interview.
@main struct OpenQuestion: Endpoint {
    static let route = Route.post("/api/candidate/interview/{token}/question")
    static let access = Access.candidateFinishing
    static let summary = "Open a question and go on with the interview here"

    struct Input: Decodable {
        let questionId: Identifier
        /// Made by the page when it was loaded.
        let session: Identifier
        /// Whether to give up the take that was recorded and to think anew.
        let retake: Bool?
    }

    struct Output: Codable {
        let questionId: Identifier
        let type: QuestionType
        /// Null when there is no limit.
        let thinkSecondsLeft: Double?
        let timeLimitSeconds: Int
        let retakesAllowed: Int
        let retakesUsed: Int
        /// Of the take that runs or was recorded, or else of the next one.
        let takeNumber: Int
        /// To think and write, since the question was first opened; null without a limit, and for
        /// an answer on video.
        let answerSecondsLeft: Double?
        /// What was written so far.
        let draft: String?
        let keptTake: KeptTake?
        let serverTime: Timestamp
    }

    /// A take that was recorded and has arrived, so that it can be looked at and used anywhere.
    struct KeptTake: Codable {
        let takeId: Identifier
        let takeNumber: Int
        let durationSeconds: Int
        let videoKey: String
        let videoUrl: String
        /// Good for ``LocalStore/playbackLifetime``.
        let playbackUrl: String
        let recordedAt: Timestamp
    }

    private struct Row: Decodable {
        let type: QuestionType
        let thinkSecondsLeft: Double?
        let timeLimitSeconds: Int
        let retakesAllowed: Int
        let retakesUsed: Int
        let answerSecondsLeft: Double?
        let draft: String?
        let kept: Kept?
        let now: Timestamp
    }

    private struct Kept: Decodable {
        let id: Identifier
        let takeNumber: Int
        let durationSeconds: Int
        let endedAt: Timestamp
        let videoKey: String
    }

    let store: BlobStore

    init(_ environment: Environment) throws(Failure) { store = try BlobStore(environment) }

    func handle(_ input: Input, from caller: Candidate) throws(Failure) -> Output {
        let row = try caller.database.transaction { transaction throws(Failure) in
            let facts = try QuestionFacts.read(input.questionId, transaction)
            try facts.checkOpen()
            let replaced = input.retake == true && facts.newest?.state == .recorded ? facts.newest : nil
            // A retake is something new; without it the take that is there can still be used.
            guard !facts.isLate || facts.isBegunInTime && replaced == nil else { throw .gone(facts.deadlineNotice) }
            if let replaced {
                try facts.checkRetake()
                Takes.retake(replaced.id, transaction)
            }
            hold(input, facts, transaction)
            open(input, thinkingAnew: replaced != nil, transaction)
            return try read(input.questionId, transaction)
        }
        return Output(
            questionId: input.questionId, type: row.type, thinkSecondsLeft: row.thinkSecondsLeft,
            timeLimitSeconds: row.timeLimitSeconds, retakesAllowed: row.retakesAllowed, retakesUsed: row.retakesUsed,
            takeNumber: row.retakesUsed + 1, answerSecondsLeft: row.answerSecondsLeft, draft: row.draft,
            keptTake: row.kept.map(playable), serverTime: row.now)
    }

    /// What another page, or this one before it was reloaded, left running is over.
    private func hold(_ input: Input, _ facts: QuestionFacts, _ transaction: Transaction) {
        if facts.holder != input.session {
            Takes.interrupt(transaction)
            Takes.giveUpLost(of: input.questionId, transaction)
        }
        transaction.queue(
            """
            INSERT INTO active_page (async_interview_id, organization_id, page_session)
            VALUES (caller_interview(), caller_organization(), \(input.session))
            ON CONFLICT (async_interview_id) DO UPDATE SET page_session = excluded.page_session, seen_at = now()
            """)
        transaction.queue("UPDATE async_interview SET last_active_at = now() WHERE id = caller_interview()")
    }

    /// The think time goes on from the first opening, whoever opens the question again.
    private func open(_ input: Input, thinkingAnew: Bool, _ transaction: Transaction) {
        transaction.queue(
            """
            INSERT INTO opened_question (async_interview_id, question_id, organization_id)
            VALUES (caller_interview(), \(input.questionId), caller_organization())
            ON CONFLICT (async_interview_id, question_id) DO UPDATE SET thinking_since = now() WHERE \(thinkingAnew)
            """)
    }

    private func read(_ question: Identifier, _ transaction: Transaction) throws(Failure) -> Row {
        let row: Row? = try transaction.row(
            """
            SELECT q.type, terms.time_limit_seconds, terms.retakes_allowed, o.draft, now(),
                CASE WHEN NOT terms.untimed_thinking THEN
                    greatest(terms.think_time_seconds - extract(epoch FROM now() - o.thinking_since), 0)
                END AS think_seconds_left,
                CASE WHEN NOT terms.untimed_thinking AND q.type = 'ASYNC_TEXT' THEN greatest(
                    terms.think_time_seconds + terms.time_limit_seconds - extract(epoch FROM now() - o.opened_at), 0)
                END AS answer_seconds_left,
                (SELECT count(*) FROM take WHERE question_id = q.id AND state = 'RETAKEN') AS retakes_used,
                (SELECT json_build_object('id', t.id, 'takeNumber', t.take_number, 'durationSeconds', t.duration_seconds,
                    'endedAt', t.ended_at, 'videoKey', t.video_key)
                 FROM (SELECT *, stored_key(async_interview_id, id) AS video_key FROM take
                    WHERE question_id = q.id ORDER BY place DESC LIMIT 1) t
                 WHERE t.state = 'RECORDED' AND t.video_key IS NOT NULL) AS kept
            FROM question q JOIN opened_question o ON o.question_id = q.id
            CROSS JOIN interview_terms(caller_interview()) terms
            WHERE q.id = \(question)
            """)
        guard let row else { throw .internal("a question was not opened") }
        return row
    }

    private func playable(_ take: Kept) -> KeptTake {
        KeptTake(
            takeId: take.id, takeNumber: take.takeNumber, durationSeconds: take.durationSeconds, videoKey: take.videoKey,
            videoUrl: store.url(of: take.videoKey), playbackUrl: store.playbackURL(of: take.videoKey).url,
            recordedAt: take.endedAt)
    }
}
