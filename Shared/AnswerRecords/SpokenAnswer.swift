public import Endpoint
import Events
import Interviews
import JSON
public import Postgres
public import Speech
public import Validation

/// An answer on video, for whoever writes down what is said in it.
public struct SpokenAnswer: Decodable {
    public let id: Identifier
    private let asyncInterviewId: Identifier
    /// The recording's, in the store.
    public let videoKey: String
    private let transcriptStatus: ProcessingStatus
    private let analysisStatus: ProcessingStatus

    /// - Throws: `NOT_FOUND` where there is no such answer, or none on video.
    public static func read(_ id: Identifier, _ session: Session) throws(Failure) -> SpokenAnswer {
        let answer: SpokenAnswer? = try session.row(
            """
            SELECT id, async_interview_id, video_key, transcript_status, analysis_status FROM video_response
            WHERE id = \(id) AND video_key IS NOT NULL
            """)
        guard let answer else { throw .notFound("answer") }
        return answer
    }

    /// False where it was transcribed, or may not be.
    public var awaitsTranscript: Bool { transcriptStatus == .pending || transcriptStatus == .processing }

    /// Whether the candidate lets engines look for more than the words.
    public var mayBeAnalyzed: Bool { analysisStatus != .declined }

    /// Lets those who look see that it is being transcribed.
    public func begin(_ session: Session) throws(Failure) {
        try session.execute(
            """
            UPDATE video_response SET transcript_status = 'processing', updated_at = now()
            WHERE id = \(id) AND video_key = \(videoKey) AND transcript_status = 'pending'
            """)
    }

    private struct Kept: Decodable {
        let analysisStatus: ProcessingStatus
    }

    /// Keeps the transcript of this recording, unless the candidate has chosen another since, has declined, or somebody
    /// else was faster: whoever changes the row tells of it, if there may be an analysis. One that is held back keeps
    /// nobody waiting.
    public func keep(_ transcript: Transcript, in transaction: Transaction) throws(Failure) {
        let data: JSON
        let problem: JSON?
        do {
            data = try JSON(encoding: transcript)
            problem = try transcript.problem.map { try JSON(encoding: $0) }
        } catch {
            throw .internal("transcript: \(error)")
        }
        let effect = transcript.problem?.code.effect
        // First the interview, then the answer: in this order the candidate's functions lock, too.
        transaction.queue("SELECT FROM async_interview WHERE id = \(asyncInterviewId) FOR UPDATE")
        let kept: Kept? = try transaction.row(
            """
            UPDATE video_response
            SET transcript = \(transcript.text), transcript_data = \(data), transcript_problem = \(problem),
                transcript_status = \(effect == .noTranscript ? "failed" : "complete"),
                analysis_held = \(effect == .held), updated_at = now()
            WHERE id = \(id) AND video_key = \(videoKey) AND transcript_status IN ('pending', 'processing')
            RETURNING analysis_status
            """)
        switch kept?.analysisStatus {
        case .pending: transaction.emit(.responseTranscribed, ["videoResponseId": .string(id.description)])
        case .held: transaction.queue("SELECT complete_analysis(\(asyncInterviewId))")
        default: break
        }
    }
}
