import Endpoint
import JSON
import POSIX
import Speech
import Validation

/// Transcribes a recording on this machine as answers are, and prints what was heard and measured as JSON.
///
///     MeasureSpeech RECORDING [--said WORDS] [--processes N]
///
/// `--said` gives the words that were said: then they are found in the sound, not recognised.
@main enum MeasureSpeech {
    private struct Measured: Codable {
        let transcript: Transcript
        let metrics: SpeechMetrics
    }

    static func main() {
        var arguments = Array(CommandLine.arguments.dropFirst())
        let said = option("--said", of: &arguments)
        let processes = option("--processes", of: &arguments).flatMap { Int($0) } ?? OfflineTranscriber.processors
        guard arguments.count == 1, processes > 0 else {
            Command.fail("usage: MeasureSpeech RECORDING [--said WORDS] [--processes N]", status: 64)
        }
        do {
            let transcript = try transcript(of: arguments[0], said: said, processes: processes)
            let measured = Measured(transcript: transcript, metrics: SpeechMetrics(of: transcript, verbatim: said != nil))
            print(String(decoding: try JSON.text(of: measured), as: UTF8.self))
        } catch {
            Command.fail("MeasureSpeech: \(error)")
        }
    }

    private static func transcript(of recording: String, said: String?, processes: Int) throws -> Transcript {
        let folder = Environment.read()["PARLEY_TEMPORARY"] ?? "/tmp"
        do throws(TranscriptionError) {
            let sound = try RecordedSound(of: recording, temporaryFolder: folder)
            if let problem = sound.problem { return sound.transcript(problem) }
            guard let said else {
                return try sound.checked(OfflineTranscriber(temporaryFolder: folder, processes: processes).transcribe(sound))
            }
            return try sound.checked(Transcript(supplied: said))
        } catch {
            guard let problem = TranscriptProblem(error) else { throw error }
            return Transcript(problem)
        }
    }

    private static func option(_ name: String, of arguments: inout [String]) -> String? {
        guard let index = arguments.firstIndex(of: name), index + 1 < arguments.count else { return nil }
        defer { arguments.removeSubrange(index...index + 1) }
        return arguments[index + 1]
    }
}
