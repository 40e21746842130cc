public import Endpoint
public import Postgres
import Storage
public import Validation

/// One take as the ledger has it.
public struct Take: Decodable, Sendable {
    public enum State: String, Choice {
        case running = "RUNNING"
        case recorded = "RECORDED"
        /// It was recorded, and then the candidate chose to record again: this cost a retake.
        case retaken = "RETAKEN"
        /// Something went wrong: this cost nothing.
        case interrupted = "INTERRUPTED"
    }

    public let id: Identifier
    public let questionId: Identifier
    public let takeNumber: Int
    public let state: State
    public let begunAt: Timestamp
    /// Whether all bytes of a recording of it have arrived.
    public let isStored: Bool
}

/// What the rules about a question and its takes need to know. Read after the interview was
/// locked, so that two pages' requests come one after the other.
public struct QuestionFacts: Decodable {
    public let status: InterviewStatus
    public let timeLimitSeconds: Int
    public let retakesAllowed: Int
    /// Null when the question is none of this interview's.
    public let type: QuestionType?
    public let isAnswered: Bool
    public let isLate: Bool
    /// What to say to whoever is late.
    public let deadlineNotice: String
    /// The page that goes on with the interview; null before the first question was opened.
    public let holder: Identifier?
    public let isOpened: Bool
    /// Whether something to finish after the deadline began before it: a take, or writing.
    public let isBegunInTime: Bool
    public let retakesUsed: Int
    public let takes: Int
    /// The take that was asked about; null when there is none of that id.
    public let take: Take?
    /// The newest take of the question.
    public let newest: Take?

    /// - Parameter question: nil for the question that the take is of.
    public static func read(
        _ question: Identifier?, take: Identifier? = nil, _ transaction: Transaction
    ) throws(Failure) -> QuestionFacts {
        // Not FOR UPDATE, which would wait for monitoring to be noted, and that in turn for the page's row.
        transaction.queue("SELECT FROM async_interview WHERE id = caller_interview() FOR NO KEY UPDATE")
        let facts: QuestionFacts? = try transaction.row(
            """
            SELECT i.status, terms.time_limit_seconds, terms.retakes_allowed, q.type, i.deadline_at <= now() AS is_late,
                deadline_notice(i.created_by_id), p.page_session AS holder, o.opened_at IS NOT NULL AS is_opened,
                EXISTS (SELECT FROM video_response WHERE async_interview_id = i.id AND question_id = q.id) AS is_answered,
                ledger.retakes_used, ledger.takes,
                ledger.is_begun_in_time OR coalesce(q.type = 'ASYNC_TEXT' AND o.opened_at <= i.deadline_at, false)
                    AS is_begun_in_time,
                (SELECT take_facts(t) FROM take t WHERE t.id = \(take)) AS take,
                (SELECT take_facts(t) FROM take t WHERE t.question_id = q.id ORDER BY place DESC LIMIT 1) AS newest
            FROM async_interview i CROSS JOIN interview_terms(i.id) terms
            LEFT JOIN question q ON q.id = coalesce(\(question), (SELECT question_id FROM take WHERE id = \(take)))
            LEFT JOIN opened_question o ON o.async_interview_id = i.id AND o.question_id = q.id
            LEFT JOIN active_page p ON p.async_interview_id = i.id
            CROSS JOIN LATERAL (
                SELECT count(*) AS takes, count(*) FILTER (WHERE state = 'RETAKEN') AS retakes_used,
                    coalesce(bool_or(begun_at <= i.deadline_at), false) AS is_begun_in_time
                FROM take WHERE async_interview_id = i.id AND question_id = q.id) ledger
            WHERE i.id = caller_interview()
            """)
        guard let facts else { throw .notFound("interview") }
        return facts
    }

    /// - Throws: `TAKEN_OVER` when another page goes on with the interview.
    public func checkHolder(_ session: Identifier) throws(Failure) {
        try AnswerRules.checkHolder(holder, is: session)
    }

    /// - Throws: `CONFLICT` when there is an answer already, `VALIDATION_FAILED` for no question of this interview.
    public func checkOpen() throws(Failure) {
        try AnswerRules.checkStatus(status)
        guard type != nil else { throw AnswerRules.unknownQuestion }
        guard !isAnswered else { throw .conflict("This question is answered already.") }
    }

    public var isRetakeLeft: Bool { retakesUsed < retakesAllowed }

    public func checkRetake() throws(Failure) {
        guard isRetakeLeft else { throw AnswerRules.noRetakeLeft(of: retakesAllowed) }
    }
}

/// What the functions do to the ledger and to the page that holds the interview.
public enum Takes {
    /// How many takes of one question are kept account of. Interrupted ones cost nothing, but room.
    public static let most = 100

    /// Makes a recorded take one that cost a retake; what was recorded of it goes.
    public static func retake(_ take: Identifier, _ transaction: Transaction) {
        transaction.queue(
            "UPDATE take SET state = 'RETAKEN' WHERE async_interview_id = caller_interview() AND id = \(take)")
        transaction.queue("SELECT discard_take(\(take))")
    }

    /// Saving a take tells how it ended, when the page could not say so before.
    public static func record(_ take: Identifier, seconds: Int, _ transaction: Transaction) {
        transaction.queue(
            """
            UPDATE take SET state = 'RECORDED', duration_seconds = \(seconds), ended_at = coalesce(ended_at, now())
            WHERE async_interview_id = caller_interview() AND id = \(take) AND state <> 'RECORDED'
            """)
    }

    /// Ends the take that still runs, if any does, at no cost.
    public static func interrupt(_ transaction: Transaction) {
        transaction.queue(
            """
            UPDATE take SET state = 'INTERRUPTED', ended_at = now()
            WHERE async_interview_id = caller_interview() AND state = 'RUNNING'
            """)
    }

    /// Ends, at no cost, the takes of a question whose bytes are not here: the page that recorded
    /// them is gone. Should it come back, it says that it has them.
    public static func giveUpLost(of question: Identifier, _ transaction: Transaction) {
        transaction.queue(
            """
            UPDATE take SET state = 'INTERRUPTED'
            WHERE async_interview_id = caller_interview() AND question_id = \(question) AND state = 'RECORDED'
                AND stored_key(async_interview_id, id) IS NULL
            """)
    }

    /// Notes that the page which holds the interview is there.
    public static func noteSeen(_ transaction: Transaction) {
        transaction.queue("UPDATE active_page SET seen_at = now() WHERE async_interview_id = caller_interview()")
    }
}

/// What is asked before a recording may be uploaded: the columns of `upload_rules` in the schema.
public protocol UploadRules {
    var isWritten: Bool { get }
    var isKnownTake: Bool { get }
    /// Whether a new upload may begin: before the deadline, or of a take that began before it.
    var isInTime: Bool { get }
    var deadlineNotice: String { get }
    /// Whether the organisation may keep more.
    var hasRoom: Bool { get }
}

extension UploadRules {
    public func check() throws(Failure) {
        guard !isWritten else { throw AnswerRules.isWritten }
        guard isKnownTake else { throw .invalid("takeId", "is not a take of this question") }
    }

    /// - Parameter isFull: whether as many uploads were granted as may be.
    public func checkNew(isFull: Bool) throws(Failure) {
        guard isInTime else { throw .gone(deadlineNotice) }
        guard !isFull else {
            throw Failure(.rateLimited, "Too many uploads were begun for this question. Write to whoever invited you.")
        }
        guard hasRoom else { throw StorageQuota.fullForCandidates }
    }
}
