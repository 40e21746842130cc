public import Analysis
import Crypto
public import Endpoint
public import Interviews
import JSON
public import Postgres
public import Speech
public import Validation

/// An answer as it is stored, for the engines that read it.
public struct AnswerRecord: Decodable {
    public let id: Identifier
    let asyncInterviewId: Identifier
    private let videoKey: String?
    private let textAnswer: String?
    private let transcriptData: Transcript?
    public let analysisStatus: ProcessingStatus
    /// For taking it out of what engines read.
    public let candidateName: String
    private let question: String
    private let competency: Competency
    private let rubric: [RubricLevel]

    /// Answers by their ids, in no order; those that are not there are left out.
    public static func read(_ ids: [Identifier], _ session: Session) throws(Failure) -> [AnswerRecord] {
        try session.rows(
            """
            SELECT v.id, v.async_interview_id, v.video_key, v.text_answer, v.transcript_data, v.analysis_status,
                c.name AS candidate_name, q.content AS question,
                json_build_object('name', k.name, 'description', k.description) AS competency,
                (SELECT coalesce(json_agg(json_build_object(
                        'level', level, 'label', label, 'description', description,
                        'behavioralAnchors', behavioral_anchors) ORDER BY level), '[]')
                    FROM rubric_level WHERE question_id = q.id) AS rubric
            FROM video_response v JOIN question q ON q.id = v.question_id JOIN competency k ON k.id = q.competency_id
            JOIN candidate c ON c.id = v.candidate_id
            WHERE v.id = ANY (string_to_array(\(ids.map(\.description).joined(separator: ",")), ',')::uuid[])
            """)
    }

    /// What was said or written; nil while there is no transcript.
    public var transcript: Transcript? { textAnswer.map(Transcript.init(written:)) ?? transcriptData }

    /// Of what was read, in hexadecimal digits.
    public static func hash(of transcript: Transcript) -> String { Hex.encode(SHA256.hash(transcript.text.utf8)) }

    /// The answer with what it is to be read against.
    public func answer(_ transcript: Transcript, wantsTone: Bool) -> Answer {
        Answer(
            question: question, competency: competency, rubric: rubric, transcript: transcript,
            metrics: SpeechMetrics(of: transcript), isWritten: textAnswer != nil, wantsTone: wantsTone)
    }

    /// Keeps what an engine found and shows it, unless the candidate has refused that or answered anew since, or this
    /// was kept before; and completes the interview's analysis with its last answer.
    /// - Parameters:
    ///   - request: of a recruiter; nil for the analysis that comes by itself.
    ///   - hash: of what was read.
    public func keep(_ insights: Insights, for request: Identifier?, hash: String, in transaction: Transaction) throws(Failure) {
        let found = try JSON(writing: insights)
        // First the interview, then the answer: in this order the candidate's functions lock, too.
        transaction.queue("SELECT FROM async_interview WHERE id = \(asyncInterviewId) FOR UPDATE")
        let saved = try transaction.execute(
            """
            UPDATE video_response SET ai_insights = \(found), updated_at = now()
            WHERE id = \(id) AND analysis_status <> 'declined'
                AND (video_key, text_answer) IS NOT DISTINCT FROM (\(videoKey)::text, \(textAnswer)::text)
                AND (ai_insights IS NULL OR NOT EXISTS (SELECT FROM analysis_result WHERE video_response_id = \(id)
                    AND request_id IS NOT DISTINCT FROM \(request)::uuid AND text_sha256 = \(hash) AND withdrawn_at IS NULL))
            """)
        if saved == 1 {
            transaction.queue("SELECT keep_analysis(\(id), \(request), \(found), \(hash))")
            // It may have been given up while the engine was at it.
            transaction.queue("UPDATE analysis_request SET failure = NULL WHERE id = \(request) AND failure IS NOT NULL")
        }
        transaction.queue("SELECT complete_analysis(\(asyncInterviewId))")
    }
}
