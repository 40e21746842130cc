import Endpoint
import Events
import Interviews
import JSON
import Postgres
import Speech
import Storage
import Validation

/// Turns an answer's recording into words with times. Slow: about a third of the recording's length.
@main struct TranscribeResponse: Endpoint {
    static let route = Route.post("/api/ai/transcribe")
    static let access = Access.event(.responseRecorded)
    static let summary = "Webhook: transcribe an answer"
    static let success = Success.noContent
    static let failures: [Failure.Code] = [.notFound]
    static let limits = Limits(workers: 2)

    struct Input: Decodable {
        let videoResponseId: Identifier
    }

    private struct Response: Decodable {
        let videoKey: String
        let transcriptStatus: ProcessingStatus
    }

    private struct Saved: Decodable {
        let analysisStatus: ProcessingStatus
    }

    let store: LocalStore
    let transcriber: any Transcriber

    init(_ environment: Environment) throws(Failure) {
        store = try LocalStore(environment)
        transcriber = OfflineTranscriber(temporaryFolder: environment["PARLEY_TEMPORARY"] ?? "/tmp")
    }

    func handle(_ input: Input, from caller: Service) throws(Failure) -> Nothing {
        let response: Response? = try caller.database.row(
            "SELECT video_key, transcript_status FROM video_response WHERE id = \(input.videoResponseId)")
        guard let response else { throw .notFound("answer") }
        guard response.transcriptStatus == .pending || response.transcriptStatus == .processing else { return Nothing() }
        try caller.database.execute(
            """
            UPDATE video_response SET transcript_status = 'processing', updated_at = now()
            WHERE id = \(input.videoResponseId) AND video_key = \(response.videoKey) AND transcript_status = 'pending'
            """)
        let (transcript, problem) = try transcribe(store.path(of: response.videoKey))
        try save(transcript, problem, of: response.videoKey, input.videoResponseId, caller)
        return Nothing()
    }

    /// A recording that nobody could transcribe has an empty transcript and the reason why.
    private func transcribe(_ path: String) throws(Failure) -> (Transcript, problem: String?) {
        do throws(TranscriptionError) {
            return (try transcriber.transcribe(path), nil)
        } catch {
            if case .engineFailed(let detail) = error {
                throw .unavailable("The speech engine failed.", retryAfter: 10, cause: detail)
            }
            let empty = Transcript(
                text: "", words: [], durationSeconds: 0, language: "en", quality: .draft,
                engine: OfflineTranscriber.engine)
            return (empty, error.description)
        }
    }

    /// Saves the transcript of the recording that was transcribed, unless the candidate has chosen
    /// another since, has declined, or somebody else was faster: whoever changes the row tells of
    /// it, if there may be an analysis.
    private func save(
        _ transcript: Transcript, _ problem: String?, of videoKey: String, _ id: Identifier, _ caller: Service
    ) throws(Failure) {
        let data: JSON
        do { data = try JSON(encoding: transcript) } catch { throw .internal("\(error)") }
        try caller.database.transaction { transaction throws(Failure) in
            let saved: Saved? = try transaction.row(
                """
                UPDATE video_response
                SET transcript = \(transcript.text), transcript_data = \(data), transcript_problem = \(problem),
                    transcript_status = \(problem == nil ? "complete" : "failed"), updated_at = now()
                WHERE id = \(id) AND video_key = \(videoKey) AND transcript_status IN ('pending', 'processing')
                RETURNING analysis_status
                """)
            if saved?.analysisStatus == .pending { transaction.emit(.responseTranscribed, ["videoResponseId": .string(id.description)]) }
        }
    }
}
