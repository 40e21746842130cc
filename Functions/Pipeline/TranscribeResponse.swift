import Endpoint
import Events
import Interviews
import JSON
import Models
import Postgres
import Speech
import StoredObjects
import Validation

/// Turns an answer's recording into words with times, and finds what speaks against using them. Offline it takes a tenth
/// of the recording's length, or more where the sound is poor.
@main struct TranscribeResponse: Endpoint {
    static let route = Route.post("/api/ai/transcribe")
    static let access = Access.event(.responseRecorded, .transcriptionOverdue)
    static let summary = "Webhook: transcribe an answer"
    static let success = Success.noContent
    static let failures: [Failure.Code] = [.notFound]
    static let limits = Limits(workers: 2)

    struct Input: Decodable {
        let videoResponseId: Identifier
    }

    private struct Response: Decodable {
        let asyncInterviewId: Identifier
        let videoKey: String
        let transcriptStatus: ProcessingStatus
    }

    private struct Saved: Decodable {
        let analysisStatus: ProcessingStatus
    }

    let objects: StoredObjects
    let engines: Engines
    let temporaryFolder: String

    init(_ environment: Environment) throws(Failure) {
        objects = try StoredObjects(environment)
        engines = try Engines(environment)
        temporaryFolder = environment["PARLEY_TEMPORARY"] ?? "/tmp"
    }

    func handle(_ input: Input, from caller: Service) throws(Failure) -> Nothing {
        let response: Response? = try caller.database.row(
            """
            SELECT async_interview_id, video_key, transcript_status FROM video_response
            WHERE id = \(input.videoResponseId) AND video_key IS NOT NULL
            """)
        guard let response else { throw .notFound("answer") }
        guard response.transcriptStatus == .pending || response.transcriptStatus == .processing else { return Nothing() }
        try caller.database.execute(
            """
            UPDATE video_response SET transcript_status = 'processing', updated_at = now()
            WHERE id = \(input.videoResponseId) AND video_key = \(response.videoKey) AND transcript_status = 'pending'
            """)
        let transcript = try objects.withFile(of: response.videoKey) { path throws(Failure) in
            try self.transcript(of: path, input.videoResponseId, caller.database)
        }
        try save(transcript, of: response, input.videoResponseId, caller)
        return Nothing()
    }

    /// A recording that nobody could transcribe has an empty transcript and the reason why.
    private func transcript(of recording: String, _ id: Identifier, _ database: Session) throws(Failure) -> Transcript {
        let sound: RecordedSound
        do throws(TranscriptionError) {
            sound = try RecordedSound(of: recording, temporaryFolder: temporaryFolder)
        } catch {
            return try empty(error)
        }
        if let problem = sound.problem { return sound.transcript(problem) }
        let work = Work(.transcription, about: id, data: ["videoResponseId": .string(id.description)])
        let result = try words(of: recording, sound, work, database)
        do throws(TranscriptionError) {
            return try sound.checked(result.get())
        } catch {
            return try empty(error)
        }
    }

    /// - Throws: `UNAVAILABLE` for what is not the recording's fault.
    private func empty(_ error: TranscriptionError) throws(Failure) -> Transcript {
        guard let problem = TranscriptProblem(error) else {
            throw .unavailable("The speech engine failed.", retryAfter: 10, cause: error.description)
        }
        return Transcript(problem)
    }

    /// By the organisation's service; by the offline engine when there is none, or it has been waited for long enough.
    private func words(
        of recording: String, _ sound: RecordedSound, _ work: Work, _ database: Session
    ) throws(Failure) -> Result<Transcript, TranscriptionError> {
        try engines.transcribe(recording, work, of: database) { fallback throws(Failure) in
            do throws(TranscriptionError) {
                let transcript = try OfflineTranscriber(temporaryFolder: temporaryFolder).transcribe(sound)
                return .success(fallback.map { transcript.noting("Made offline: \($0.detail)") } ?? transcript)
            } catch {
                return .failure(error)
            }
        }
    }

    /// Saves the transcript of the recording that was transcribed, unless the candidate has chosen
    /// another since, has declined, or somebody else was faster: whoever changes the row tells of
    /// it, if there may be an analysis. One that is held back keeps nobody waiting.
    private func save(
        _ transcript: Transcript, of response: Response, _ id: Identifier, _ caller: Service
    ) throws(Failure) {
        let data: JSON
        let problem: JSON?
        do {
            data = try JSON(encoding: transcript)
            problem = try transcript.problem.map { try JSON(encoding: $0) }
        } catch {
            throw .internal("\(error)")
        }
        let effect = transcript.problem?.code.effect
        try caller.database.transaction { transaction throws(Failure) in
            // First the interview, then the answer: in this order the candidate's functions lock, too.
            transaction.queue("SELECT FROM async_interview WHERE id = \(response.asyncInterviewId) FOR UPDATE")
            let saved: Saved? = try transaction.row(
                """
                UPDATE video_response
                SET transcript = \(transcript.text), transcript_data = \(data), transcript_problem = \(problem),
                    transcript_status = \(effect == .noTranscript ? "failed" : "complete"),
                    analysis_held = \(effect == .held), updated_at = now()
                WHERE id = \(id) AND video_key = \(response.videoKey) AND transcript_status IN ('pending', 'processing')
                RETURNING analysis_status
                """)
            switch saved?.analysisStatus {
            case .pending: transaction.emit(.responseTranscribed, ["videoResponseId": .string(id.description)])
            case .held: transaction.queue("SELECT complete_analysis(\(response.asyncInterviewId))")
            default: break
            }
        }
    }
}
