import AnswerRecords
import Endpoint
import Events
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

    let objects: StoredObjects
    let engines: Engines
    let temporaryFolder: String

    init(_ environment: Environment) throws(Failure) {
        objects = try StoredObjects(environment)
        engines = try Engines(environment)
        temporaryFolder = environment["PARLEY_TEMPORARY"] ?? "/tmp"
    }

    func handle(_ input: Input, from caller: Service) throws(Failure) -> Nothing {
        let answer = try SpokenAnswer.read(input.videoResponseId, caller.database)
        guard answer.awaitsTranscript else {
            try engines.endWait(.transcription, about: answer.id, of: caller.database)
            return Nothing()
        }
        try answer.begin(caller.database)
        let transcript = try objects.withFile(of: answer.videoKey) { path throws(Failure) in
            try self.transcript(of: path, answer, caller.database)
        }
        try caller.database.transaction { transaction throws(Failure) in try answer.keep(transcript, in: transaction) }
        return Nothing()
    }

    /// A recording that nobody could transcribe has an empty transcript and the reason why.
    private func transcript(of recording: String, _ answer: SpokenAnswer, _ database: Session) throws(Failure) -> Transcript {
        let sound: RecordedSound
        do throws(TranscriptionError) {
            sound = try RecordedSound(of: recording, temporaryFolder: temporaryFolder)
        } catch {
            return try empty(error)
        }
        if let problem = sound.problem { return sound.transcript(problem) }
        let words = try words(of: recording, sound, answer, database)
        do throws(TranscriptionError) {
            return try sound.checked(words.get())
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
        of recording: String, _ sound: RecordedSound, _ answer: SpokenAnswer, _ database: Session
    ) throws(Failure) -> Result<Transcript, TranscriptionError> {
        let work = Work(.transcription, about: answer.id, data: ["videoResponseId": .string(answer.id.description)])
        return try engines.transcribe(recording, work, of: database, countsVoices: answer.mayBeAnalyzed) { fallback throws(Failure) in
            do throws(TranscriptionError) {
                let transcript = try OfflineTranscriber(temporaryFolder: temporaryFolder).transcribe(sound)
                return .success(fallback.map { transcript.noting("Made offline: \($0.detail)") } ?? transcript)
            } catch {
                return .failure(error)
            }
        }
    }
}
