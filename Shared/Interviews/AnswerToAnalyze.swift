public import Endpoint
public import Postgres
public import Validation

/// An answer that somebody wants analysed once more. Earlier results are kept.
public struct AnswerToAnalyze: Decodable {
    public let id: Identifier
    private let questionId: Identifier
    private let analysisStatus: ProcessingStatus
    private let hasText: Bool
    private let isUnderWay: Bool
    private let recent: Int

    /// Of one answer in 24 hours: each may cost what three calls of a model cost.
    private static let most = 5

    private struct Interview: Decodable {
        let status: InterviewStatus
    }

    /// Those of an interview that can be analysed now.
    ///
    /// - Parameter question: one answer's; without it, all.
    /// - Throws: `NOT_FOUND`; `CONFLICT` when there is none, with the reason; `RATE_LIMITED` when one was analysed too often.
    public static func ready(
        of interview: Identifier, to question: Identifier?, _ transaction: Transaction
    ) throws(Failure) -> [AnswerToAnalyze] {
        let known: Interview? = try transaction.row("SELECT status FROM async_interview WHERE id = \(interview) FOR UPDATE")
        guard let known else { throw .notFound("interview") }
        guard known.status == .submitted || known.status == .reviewed else {
            throw .conflict("Answers can be analysed once more when the candidate has submitted them.")
        }
        let answers = try read(interview, question, transaction)
        guard !answers.isEmpty else { throw .notFound("answer") }
        let allowed = answers.filter { $0.analysisStatus != .declined }
        guard !allowed.isEmpty else { throw .conflict("The candidate chose human review only, so no engine reads these answers.") }
        let ready = allowed.filter { $0.hasText && !$0.isUnderWay }
        guard !ready.isEmpty else { throw .conflict("These answers are being analysed now, or have no transcript yet.") }
        guard ready.allSatisfy({ $0.recent < most }) else {
            throw Failure(
                .rateLimited, "An answer can be analysed once more \(most) times in 24 hours.",
                headers: [Header("Retry-After", "3600")])
        }
        return ready
    }

    private static func read(
        _ interview: Identifier, _ question: Identifier?, _ transaction: Transaction
    ) throws(Failure) -> [AnswerToAnalyze] {
        try transaction.rows(
            """
            SELECT v.id, v.question_id, v.analysis_status, v.text_answer IS NOT NULL OR v.transcript_data IS NOT NULL AS has_text,
                v.analysis_status = 'pending' OR is_analysis_under_way(v.id) AS is_under_way,
                (SELECT count(*) FROM analysis_request a
                    WHERE a.video_response_id = v.id AND a.created_at > now() - interval '24 hours') AS recent
            FROM video_response v JOIN question q ON q.id = v.question_id
            WHERE v.async_interview_id = \(interview) AND v.question_id = coalesce(\(question), v.question_id)
            ORDER BY q.position
            """)
    }

    /// Notes that the caller wants it.
    public func request(_ transaction: Transaction) throws(Failure) -> RequestedAnalysis {
        let requested: RequestedAnalysis? = try transaction.row(
            """
            INSERT INTO analysis_request (organization_id, video_response_id, account_id)
            VALUES (caller_organization(), \(id), caller_account())
            RETURNING id AS request_id, \(questionId)::uuid AS question_id
            """)
        guard let requested else { throw .internal("an inserted row was not returned") }
        return requested
    }
}

/// An analysis that was asked for.
public struct RequestedAnalysis: Codable, Sendable {
    let questionId: Identifier
    public let requestId: Identifier
}
