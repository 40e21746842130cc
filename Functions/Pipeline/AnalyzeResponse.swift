import Analysis
import Endpoint
import Events
import Interviews
import JSON
import Postgres
import Speech
import Validation

/// Reads an answer's transcript, or what was written, against its question and rubric, and completes the interview's
/// analysis with the last answer.
@main struct AnalyzeResponse: Endpoint {
    static let route = Route.post("/api/ai/analyze-video")
    static let access = Access.event(.responseTranscribed)
    static let summary = "Webhook: analyse an answer"
    static let success = Success.noContent
    static let failures: [Failure.Code] = [.notFound]
    static let limits = Limits(workers: 2)

    struct Input: Decodable {
        let videoResponseId: Identifier
    }

    private struct Row: Decodable {
        let asyncInterviewId: Identifier
        let videoKey: String?
        let textAnswer: String?
        let transcriptData: Transcript?
        let analysisStatus: ProcessingStatus
        let question: String
        let competency: Competency
        let rubric: [RubricLevel]
    }

    let analyst: any Analyst

    init(_ environment: Environment) { analyst = OfflineAnalyst() }

    func handle(_ input: Input, from caller: Service) throws(Failure) -> Nothing {
        guard let row = try row(input.videoResponseId, caller.database) else { throw .notFound("answer") }
        if row.analysisStatus == .declined { return Nothing() }
        // Another recording was chosen meanwhile: its own transcription will come here.
        guard let transcript = row.textAnswer.map(Transcript.init(written:)) ?? row.transcriptData else { return Nothing() }
        let insights: JSON
        do {
            let answer = Answer(
                question: row.question, competency: row.competency, rubric: row.rubric, transcript: transcript,
                metrics: SpeechMetrics(of: transcript), isWritten: row.textAnswer != nil)
            insights = try JSON(encoding: try analyst.analyze(answer))
        } catch {
            throw .internal("analysis: \(error)")
        }
        try caller.once { transaction throws(Failure) in
            // First the interview, then the answer: in this order the candidate's functions lock, too.
            transaction.queue("SELECT FROM async_interview WHERE id = \(row.asyncInterviewId) FOR UPDATE")
            transaction.queue(
                """
                UPDATE video_response SET ai_insights = \(insights), updated_at = now()
                WHERE id = \(input.videoResponseId) AND analysis_status <> 'declined'
                    AND (video_key, text_answer) IS NOT DISTINCT FROM (\(row.videoKey)::text, \(row.textAnswer)::text)
                """)
            transaction.queue("SELECT complete_analysis(\(row.asyncInterviewId))")
        }
        return Nothing()
    }

    private func row(_ id: Identifier, _ database: Session) throws(Failure) -> Row? {
        try database.row(
            """
            SELECT v.async_interview_id, v.video_key, v.text_answer, v.transcript_data, v.analysis_status, q.content AS question,
                json_build_object('name', k.name, 'description', k.description) AS competency,
                (SELECT coalesce(json_agg(json_build_object(
                        'level', level, 'label', label, 'description', description,
                        'behavioralAnchors', behavioral_anchors) ORDER BY level), '[]')
                    FROM rubric_level WHERE question_id = q.id) AS rubric
            FROM video_response v JOIN question q ON q.id = v.question_id JOIN competency k ON k.id = q.competency_id
            WHERE v.id = \(id)
            """)
    }
}
