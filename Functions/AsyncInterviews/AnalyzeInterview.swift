import Endpoint
import Events
import Identity
import Interviews
import JSON
import Postgres
import Validation

/// Has an interview's answers analysed once more, or one of them: after an engine was chosen, or when one had failed.
/// Earlier results are kept.
@main struct AnalyzeInterview: Endpoint {
    static let route = Route.post("/api/async-interviews/{id}/analyze")
    static let access = Access.recruiter
    static let summary = "Have answers analysed once more"
    static let failures: [Failure.Code] = [.notFound, .conflict, .rateLimited]

    struct Input: Decodable {
        let id: Identifier
        /// One answer's; without it, all.
        let questionId: Identifier?
    }

    struct Output: Codable {
        let requested: [Requested]
    }

    struct Requested: Codable {
        let questionId: Identifier
        let requestId: Identifier
    }

    /// Of one answer in 24 hours: each may cost what three calls of a model cost.
    private static let most = 5

    private struct Answer: Decodable {
        let id: Identifier
        let questionId: Identifier
        let analysisStatus: ProcessingStatus
        let hasText: Bool
        let isUnderWay: Bool
        let recent: Int
    }

    private struct Interview: Decodable {
        let status: InterviewStatus
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> Output {
        try caller.database.transaction { transaction throws(Failure) in
            let interview: Interview? = try transaction.row("SELECT status FROM async_interview WHERE id = \(input.id) FOR UPDATE")
            guard let interview else { throw .notFound("interview") }
            guard interview.status == .submitted || interview.status == .reviewed else {
                throw .conflict("Answers can be analysed once more when the candidate has submitted them.")
            }
            let answers = try answers(input, transaction)
            guard !answers.isEmpty else { throw .notFound("answer") }
            let allowed = answers.filter { $0.analysisStatus != .declined }
            guard !allowed.isEmpty else { throw .conflict("The candidate chose human review only, so no engine reads these answers.") }
            let ready = allowed.filter { $0.hasText && !$0.isUnderWay }
            guard !ready.isEmpty else { throw .conflict("These answers are being analysed now, or have no transcript yet.") }
            guard ready.allSatisfy({ $0.recent < Self.most }) else {
                throw Failure(
                    .rateLimited, "An answer can be analysed once more \(Self.most) times in 24 hours.",
                    headers: [Header("Retry-After", "3600")])
            }
            return Output(requested: try ready.map { answer throws(Failure) in try request(answer, transaction) })
        }
    }

    private func answers(_ input: Input, _ transaction: Transaction) throws(Failure) -> [Answer] {
        try transaction.rows(
            """
            SELECT v.id, v.question_id, v.analysis_status, v.text_answer IS NOT NULL OR v.transcript_data IS NOT NULL AS has_text,
                v.analysis_status = 'pending' OR is_analysis_under_way(v.id) AS is_under_way,
                (SELECT count(*) FROM analysis_request a
                    WHERE a.video_response_id = v.id AND a.created_at > now() - interval '24 hours') AS recent
            FROM video_response v JOIN question q ON q.id = v.question_id
            WHERE v.async_interview_id = \(input.id) AND v.question_id = coalesce(\(input.questionId), v.question_id)
            ORDER BY q.position
            """)
    }

    private func request(_ answer: Answer, _ transaction: Transaction) throws(Failure) -> Requested {
        let requested: Requested? = try transaction.row(
            """
            INSERT INTO analysis_request (organization_id, video_response_id, account_id)
            VALUES (caller_organization(), \(answer.id), caller_account())
            RETURNING id AS request_id, \(answer.questionId)::uuid AS question_id
            """)
        guard let requested else { throw .internal("an inserted row was not returned") }
        transaction.emit(
            .analysisRequested,
            ["videoResponseId": .string(answer.id.description), "requestId": .string(requested.requestId.description)])
        return requested
    }
}
