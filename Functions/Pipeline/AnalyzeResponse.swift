import Analysis
import AnswerRecords
import Endpoint
import Events
import Interviews
import JSON
import Models
import Postgres
import Validation

/// Reads an answer's transcript, or what was written, against its question and rubric, and completes the interview's
/// analysis with the last answer. A model rates it where the organisation has chosen one and the answer can be rated;
/// otherwise word rules observe it, and say why they did.
@main struct AnalyzeResponse: Endpoint {
    static let route = Route.post("/api/ai/analyze-video")
    static let access = Access.event(.responseTranscribed, .analysisRequested, .ratingOverdue)
    static let summary = "Webhook: analyse an answer"
    static let success = Success.noContent
    static let failures: [Failure.Code] = [.notFound]
    static let limits = Limits(workers: 2)

    struct Input: Decodable {
        let videoResponseId: Identifier
        /// Of a recruiter who wants it analysed once more; nil for the analysis that comes by itself.
        let requestId: Identifier?
    }

    private struct Known: Decodable {
        let isDone: Bool
    }

    let engines: Engines

    init(_ environment: Environment) throws(Failure) { engines = try Engines(environment) }

    func handle(_ input: Input, from caller: Service) throws(Failure) -> Nothing {
        guard let record = try AnswerRecord.read([input.videoResponseId], caller.database).first else { throw .notFound("answer") }
        if record.analysisStatus == .declined || record.analysisStatus == .held {
            try engines.endWait(.rating, about: input.videoResponseId, of: caller.database)
            return Nothing()
        }
        // Another recording was chosen meanwhile: its own transcription will come here.
        guard let transcript = record.transcript else { return Nothing() }
        let hash = AnswerRecord.hash(of: transcript)
        // What waited too long was done already when its own delivery comes again.
        guard try !isDone(hash, input, caller.database) else {
            try caller.once { $0.queue("SELECT end_ai_wait('rating', \(input.videoResponseId))") }
            return Nothing()
        }
        let answer = record.answer(transcript, wantsTone: try EngineSetting.read(caller.database).reportsWordingTone)
        let insights = try analyze(answer, record, input, caller.database)
        try caller.once { transaction throws(Failure) in
            try record.keep(insights, for: input.requestId, hash: hash, in: transaction)
        }
        return Nothing()
    }

    /// Whether the same was read for the same request already, and the answer was not given anew since; or the request
    /// was cancelled.
    private func isDone(_ hash: String, _ input: Input, _ database: Session) throws(Failure) -> Bool {
        let known: Known? = try database.row(
            """
            SELECT EXISTS (SELECT FROM analysis_result r JOIN video_response v ON v.id = r.video_response_id
                WHERE v.id = \(input.videoResponseId) AND r.withdrawn_at IS NULL AND v.ai_insights IS NOT NULL
                    AND r.request_id IS NOT DISTINCT FROM \(input.requestId)::uuid AND r.text_sha256 = \(hash))
                OR EXISTS (SELECT FROM analysis_request WHERE id = \(input.requestId)::uuid AND failure IS NOT NULL) AS is_done
            """)
        return known?.isDone ?? false
    }

    private func analyze(_ answer: Answer, _ record: AnswerRecord, _ input: Input, _ session: Session) throws(Failure) -> Insights {
        let observed = OfflineAnalyst().analyze(answer)
        let hasModel = try engines.languageModel(for: .rating, of: session) != nil
        if hasModel, let obstacle = ModelAnalyst.obstacle(to: answer) { return observed.withoutRating(because: obstacle) }
        let data: [JSON.Member] = [
            .init("videoResponseId", .string(input.videoResponseId.description)),
            .init("requestId", input.requestId.map { .string($0.description) } ?? .null),
        ]
        return try engines.answer(
            Work(.rating, about: input.videoResponseId, data: .object(data)), of: session,
            model: { model throws(ModelFailure) in try ModelAnalyst(model, withholding: record.candidateName).analyze(answer) },
            offline: { fallback in fallback.map { observed.withoutRating(because: $0.detail, $0) } ?? observed })
    }
}
