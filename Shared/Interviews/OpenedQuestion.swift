public import Endpoint
public import Postgres
public import Storage
public import Validation

/// A question that the caller has opened, as it is to go on with. What is told of it is explained where it is told,
/// in the answer of `OpenQuestion`.
public struct OpenedQuestion: Decodable {
    public let type: QuestionType
    public let thinkSecondsLeft: Double?
    public let timeLimitSeconds: Int
    public let retakesAllowed: Int
    public let retakesUsed: Int
    public let answerSecondsLeft: Double?
    public let draft: String?
    /// The newest take, when it was recorded and has arrived.
    public let kept: RecordedTake?
    public let now: Timestamp

    public struct RecordedTake: Decodable {
        let id: Identifier
        let takeNumber: Int
        let durationSeconds: Int
        let endedAt: Timestamp
        let videoKey: String
    }

    /// Makes a page the one that goes on with the interview. What another page, or this one before it was
    /// reloaded, left running is over.
    ///
    /// - Parameter facts: of the question that the page opens.
    public static func hand(
        _ question: Identifier, to session: Identifier, _ facts: QuestionFacts, _ transaction: Transaction
    ) {
        if facts.holder != session {
            Takes.interrupt(transaction)
            Takes.giveUpLost(of: question, transaction)
        }
        transaction.queue(
            """
            INSERT INTO active_page (async_interview_id, organization_id, page_session)
            VALUES (caller_interview(), caller_organization(), \(session))
            ON CONFLICT (async_interview_id) DO UPDATE SET page_session = excluded.page_session, seen_at = now()
            """)
        transaction.queue("UPDATE async_interview SET last_active_at = now() WHERE id = caller_interview()")
    }

    /// The think time goes on from the first opening, whoever opens the question again.
    ///
    /// - Parameter thinkingAnew: whether it begins once more.
    public static func open(
        _ question: Identifier, thinkingAnew: Bool, _ transaction: Transaction
    ) throws(Failure) -> OpenedQuestion {
        transaction.queue(
            """
            INSERT INTO opened_question (async_interview_id, question_id, organization_id)
            VALUES (caller_interview(), \(question), caller_organization())
            ON CONFLICT (async_interview_id, question_id) DO UPDATE SET thinking_since = now() WHERE \(thinkingAnew)
            """)
        let opened: OpenedQuestion? = try transaction.row(
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
        guard let opened else { throw .internal("a question was not opened") }
        return opened
    }
}

/// A take that was recorded and has arrived, so that it can be looked at and used anywhere.
public struct KeptTake: Codable {
    let takeId: Identifier
    let takeNumber: Int
    let durationSeconds: Int
    let videoKey: String
    let videoUrl: String
    /// Good for ``LocalStore/playbackLifetime``.
    let playbackUrl: String
    let recordedAt: Timestamp

    public init(_ take: OpenedQuestion.RecordedTake, in store: BlobStore) {
        takeId = take.id
        takeNumber = take.takeNumber
        durationSeconds = take.durationSeconds
        videoKey = take.videoKey
        videoUrl = store.url(of: take.videoKey)
        playbackUrl = store.playbackURL(of: take.videoKey).url
        recordedAt = take.endedAt
    }
}
