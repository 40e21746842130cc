import Endpoint
import Identity
import Interviews
import Postgres
import Validation

/// Every analysis of one answer with how it came about, newest first: the first is the one that is shown.
@main struct ListAnalyses: Endpoint {
    static let route = Route.get("/api/async-interviews/{id}/analyses/{questionId}")
    static let access = Access.recruiter
    static let summary = "An answer's analyses, with engine, prompt, samples and cost"
    static let failures: [Failure.Code] = [.notFound]

    struct Input: Decodable {
        let id: Identifier
        let questionId: Identifier
    }

    struct Output: Codable {
        let analyses: [Analysis]
    }

    struct Analysis: Codable {
        let id: Identifier
        let createdAt: Timestamp
        /// Null for the analysis that came by itself.
        let requestedBy: Person?
        /// `rule` or `model`.
        let method: String
        let engineName: String
        let engineVersion: String
        /// SHA-256 of the answer's text.
        let textSha256: String
        /// From here on null for rules.
        let model: String?
        let promptName: String?
        let promptVersion: Int?
        let schemaVersion: String?
        /// SHA-256 of what the model was asked.
        let inputSha256: String?
        /// Requests that were sent, of all samples together.
        let attempts: Int?
        let requestIds: [String]?
        /// Millionths of a US dollar; null where the operator stated no price.
        let costMicroUsd: Int?
        let suggestedScore: Int?
        let confidence: Double?
        let basis: String?
        /// `Rating` of module Analysis: the samples with their scores and reasons.
        let rating: AnyJSON?
        let fallback: AnyJSON?
        /// When the candidate refused analysis, upon which its findings were removed.
        let withdrawnAt: Timestamp?
    }

    private struct Row: Decodable {
        let analyses: [Analysis]
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> Output {
        let row: Row? = try caller.database.row(
            """
            SELECT (SELECT coalesce(json_agg(json_build_object(
                    'id', r.id, 'createdAt', r.created_at, 'method', r.method, 'engineName', r.engine_name,
                    'requestedBy', CASE WHEN a.id IS NOT NULL THEN json_build_object('id', u.id, 'name', u.name) END,
                    'engineVersion', r.engine_version, 'textSha256', r.text_sha256, 'model', r.model, 'promptName', r.prompt_name,
                    'promptVersion', r.prompt_version, 'schemaVersion', r.schema_version, 'inputSha256', r.input_sha256,
                    'attempts', r.attempts, 'requestIds', r.request_ids, 'costMicroUsd', r.cost_micro_usd,
                    'suggestedScore', (r.insights ->> 'suggestedScore')::integer, 'confidence', (r.insights ->> 'confidence')::float,
                    'basis', r.insights ->> 'basis', 'rating', nullif(r.insights -> 'rating', 'null'),
                    'fallback', nullif(r.insights -> 'fallback', 'null'), 'withdrawnAt', r.withdrawn_at)
                    ORDER BY r.created_at DESC, r.id DESC), '[]')
                FROM analysis_result r LEFT JOIN analysis_request a ON a.id = r.request_id LEFT JOIN account u ON u.id = a.account_id
                WHERE r.video_response_id = v.id) AS analyses
            FROM video_response v WHERE v.async_interview_id = \(input.id) AND v.question_id = \(input.questionId)
            """)
        guard let row else { throw .notFound("answer") }
        return Output(analyses: row.analyses)
    }
}
