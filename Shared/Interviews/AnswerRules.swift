public import Endpoint
import JSON
public import Postgres
public import Validation

/// An answer as it was saved, whether spoken or written.
public struct SavedAnswer: Codable {
    public let questionId: Identifier
    public let status: ResponseStatus
    public let takeNumber: Int
    public let retakesUsed: Int
    public let durationSeconds: Int
    public let submittedAt: Timestamp

    /// The caller's answer to a question, after it was saved.
    public static func read(_ question: Identifier, _ transaction: Transaction) throws(Failure) -> SavedAnswer {
        let saved: SavedAnswer? = try transaction.row(
            """
            SELECT question_id, status, take_number, retakes_used, duration_seconds, submitted_at
            FROM video_response WHERE async_interview_id = caller_interview() AND question_id = \(question)
            """)
        guard let saved else { throw .internal("an answer was not saved") }
        return saved
    }
}

/// What holds for every answer, whether spoken or written.
public enum AnswerRules {
    /// Recorders stop a moment late; what is longer than this was not stopped.
    static let graceSeconds = 5

    public static func checkStatus(_ status: InterviewStatus) throws(Failure) {
        guard status == .inProgress else {
            throw .conflict(
                status == .submitted || status == .reviewed
                    ? "This interview was submitted and can no longer be changed."
                    : "Begin the interview before you answer.")
        }
    }

    /// - Parameter holder: the page that goes on with the interview; nil before the first question was opened.
    /// - Throws: `TAKEN_OVER` when that is another page.
    static func checkHolder(_ holder: Identifier?, is session: Identifier) throws(Failure) {
        guard let holder else { throw .conflict("Open a question first.") }
        guard holder == session else {
            throw Failure(
                .takenOver,
                "This interview goes on in another window or on another device. To go on here, open the question again.")
        }
    }

    public static let unknownQuestion = Failure.invalid("questionId", "is not a question of this interview")
    public static let isWritten = Failure.invalid("questionId", "is a question that is answered in writing")
    public static let isSpoken = Failure.invalid("questionId", "is a question that is answered on video")

    public static func noRetakeLeft(of allowed: Int) -> Failure {
        .conflict("No retake is left: this interview allows \(allowed).")
    }

    public static func checkDuration(_ seconds: Int, limit: Int) throws(Failure) {
        guard seconds <= limit + graceSeconds else {
            throw .invalid("durationSeconds", "must not exceed the time limit of \(limit) seconds")
        }
    }

    /// Notes an answer that was longer than the limit, unless the candidate refused monitoring.
    public static func noteOvertime(
        _ question: Identifier, seconds: Int, limit: Int, _ transaction: Transaction
    ) {
        guard seconds > limit else { return }
        let metadata: JSON = ["allowedSeconds": .integer(limit), "actualSeconds": .integer(seconds)]
        transaction.queue(
            """
            INSERT INTO proctor_log (organization_id, async_interview_id, candidate_id, question_id, event_type, metadata)
            SELECT organization_id, id, candidate_id, \(question), 'TIME_LIMIT_EXCEEDED', \(metadata)
            FROM async_interview WHERE id = caller_interview() AND consent_given(id, 'MONITORING')
            """)
    }
}
