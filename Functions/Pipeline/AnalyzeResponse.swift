import Analysis
import Crypto
import Endpoint
import Events
import Interviews
import JSON
import Models
import Postgres
import Speech
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

    private struct Row: Decodable {
        let asyncInterviewId: Identifier
        let videoKey: String?
        let textAnswer: String?
        let transcriptData: Transcript?
        let analysisStatus: ProcessingStatus
        let candidateName: String
        let question: String
        let competency: Competency
        let rubric: [RubricLevel]
        /// Texts that were read for the same request already, by their hashes; empty where the answer has no insights,
        /// such as one that was given anew.
        let read: [String]
    }

    let engines: Engines

    init(_ environment: Environment) throws(Failure) { engines = try Engines(environment) }

    func handle(_ input: Input, from caller: Service) throws(Failure) -> Nothing {
        guard let row = try row(input, caller.database) else { throw .notFound("answer") }
        if row.analysisStatus == .declined || row.analysisStatus == .held { return Nothing() }
        // Another recording was chosen meanwhile: its own transcription will come here.
        guard let transcript = row.textAnswer.map(Transcript.init(written:)) ?? row.transcriptData else { return Nothing() }
        let hash = Hex.encode(SHA256.hash(transcript.text.utf8))
        // What waited too long was done already when its own delivery comes again.
        guard !row.read.contains(hash) else {
            try caller.once { $0.queue("SELECT end_ai_wait('rating', \(input.videoResponseId))") }
            return Nothing()
        }
        let answer = Answer(
            question: row.question, competency: row.competency, rubric: row.rubric, transcript: transcript,
            metrics: SpeechMetrics(of: transcript), isWritten: row.textAnswer != nil,
            wantsTone: try EngineSetting.read(caller.database).reportsWordingTone)
        try save(try analyze(answer, row, input, caller.database), hash, of: row, input, caller)
        return Nothing()
    }

    private func analyze(_ answer: Answer, _ row: Row, _ input: Input, _ session: Session) throws(Failure) -> Insights {
        let observed = OfflineAnalyst().analyze(answer)
        let hasModel = try engines.languageModel(for: .rating, of: session) != nil
        if hasModel, let obstacle = ModelAnalyst.obstacle(to: answer) { return observed.withoutRating(because: obstacle) }
        let data: [JSON.Member] = [
            .init("videoResponseId", .string(input.videoResponseId.description)),
            .init("requestId", input.requestId.map { .string($0.description) } ?? .null),
        ]
        return try engines.answer(
            Work(.rating, about: input.videoResponseId, data: .object(data)), of: session,
            model: { model throws(ModelFailure) in try ModelAnalyst(model, withholding: row.candidateName).analyze(answer) },
            offline: { fallback in fallback.map { observed.withoutRating(because: $0.detail, $0) } ?? observed })
    }

    private func save(_ insights: Insights, _ hash: String, of row: Row, _ input: Input, _ caller: Service) throws(Failure) {
        let found: JSON
        do { found = try JSON(encoding: insights) } catch { throw .internal("insights: \(error)") }
        try caller.once { transaction throws(Failure) in
            // First the interview, then the answer: in this order the candidate's functions lock, too.
            transaction.queue("SELECT FROM async_interview WHERE id = \(row.asyncInterviewId) FOR UPDATE")
            let saved = try transaction.execute(
                """
                UPDATE video_response SET ai_insights = \(found), updated_at = now()
                WHERE id = \(input.videoResponseId) AND analysis_status <> 'declined'
                    AND (video_key, text_answer) IS NOT DISTINCT FROM (\(row.videoKey)::text, \(row.textAnswer)::text)
                    AND (ai_insights IS NULL OR NOT EXISTS (SELECT FROM analysis_result WHERE video_response_id = \(input.videoResponseId)
                        AND request_id IS NOT DISTINCT FROM \(input.requestId)::uuid AND text_sha256 = \(hash) AND withdrawn_at IS NULL))
                """)
            if saved == 1 {
                transaction.queue("SELECT keep_analysis(\(input.videoResponseId), \(input.requestId), \(found), \(hash))")
            }
            transaction.queue("SELECT complete_analysis(\(row.asyncInterviewId))")
        }
    }

    private func row(_ input: Input, _ database: Session) throws(Failure) -> Row? {
        try database.row(
            """
            SELECT v.async_interview_id, v.video_key, v.text_answer, v.transcript_data, v.analysis_status, c.name AS candidate_name,
                q.content AS question, json_build_object('name', k.name, 'description', k.description) AS competency,
                (SELECT coalesce(json_agg(json_build_object(
                        'level', level, 'label', label, 'description', description,
                        'behavioralAnchors', behavioral_anchors) ORDER BY level), '[]')
                    FROM rubric_level WHERE question_id = q.id) AS rubric,
                (SELECT coalesce(json_agg(text_sha256), '[]') FROM analysis_result r
                    WHERE r.video_response_id = v.id AND r.withdrawn_at IS NULL AND v.ai_insights IS NOT NULL
                        AND r.request_id IS NOT DISTINCT FROM \(input.requestId)::uuid) AS read
            FROM video_response v JOIN question q ON q.id = v.question_id JOIN competency k ON k.id = q.competency_id
            JOIN candidate c ON c.id = v.candidate_id
            WHERE v.id = \(input.videoResponseId)
            """)
    }
}
