import FoundationEssentials
import POSIX
import Testing

@testable import Speech

@Suite(.serialized) struct OfflineTranscriberTests {
    private struct SpokenAnswer: Decodable, Sendable, CustomTestStringConvertible {
        let competency: String
        let voice: String
        let text: String
        var testDescription: String { competency }
    }

    private static func spokenAnswers() throws -> [SpokenAnswer] {
        let path = String(#filePath.dropLast("SpeechTests/OfflineTranscriberTests.swift".count)) + "Fixtures/Speech/answers.json"
        return try JSONDecoder().decode([SpokenAnswer].self, from: Data(File.read(path)))
    }

    /// The answers of the demonstration were measured at 7.9%, 1.7% and 2% wrong words.
    @Test func recognisesTheSpokenAnswers() throws {
        for answer in try Self.spokenAnswers() {
            let studio = try Studio()
            let recording = try studio.record([.speech(answer.text, voice: answer.voice)])
            let transcript = try OfflineTranscriber().transcribe(recording)
            #expect(wordErrorRate(of: transcript, against: answer.text) < 0.15, "\(transcript.text)")
            #expect(transcript.language == "en")
            #expect(transcript.quality == .draft)
            #expect(transcript.text == transcript.words.map(\.text).joined(separator: " "))
        }
    }

    @Test func wordTimesAreOnTheRecordingsClock() throws {
        let studio = try Studio()
        let sentence = Studio.Part.speech("My task was to help them agree.")
        let length = Double(try studio.samples([sentence]).count) / 16_000
        let recording = try studio.record([.silence(3), sentence, .silence(2.5), sentence, .silence(4)])
        let transcript = try OfflineTranscriber().transcribe(recording)

        let help = transcript.words.filter { $0.text == "help" }.map(\.start)
        try #require(help.count == 2)
        // The sentence is the same, so are its times within each repetition.
        #expect(abs(help[1] - help[0] - (length + 2.5)) < 0.06)
        #expect(help[0] > 3.3 && help[0] < 3 + length)
        #expect(abs(transcript.durationSeconds - (9.5 + 2 * length)) < 0.05)
    }

    /// A browser's track may begin after its container, and miss packets later.
    @Test func lateAudioKeepsTheClock() throws {
        let studio = try Studio()
        let sound = try studio.record([.speech("My task was to help them agree.")])
        let late = try studio.ffmpeg(
            ["-f", "lavfi", "-i", "color=s=64x64:r=5:d=6", "-itsoffset", "2", "-i", sound,
             "-map", "0:v", "-map", "1:a", "-c:a", "copy", "-c:v", "libvpx"], as: "late.webm")
        let transcript = try OfflineTranscriber().transcribe(late)
        let start = try #require(transcript.voiced.first?.start)
        #expect(abs(start - 2) < 0.06)
    }

    @Test func readsMP4() throws {
        let studio = try Studio()
        let recording = try studio.record([.speech("I asked each person to explain the problem.")], as: "answer.mp4")
        #expect(try OfflineTranscriber().transcribe(recording).text.contains("explain the problem"))
    }

    @Test(arguments: [Studio.Part.silence(4), .noise(4)])
    func silenceIsATranscriptWithoutWords(_ part: Studio.Part) throws {
        let studio = try Studio()
        let transcript = try OfflineTranscriber().transcribe(try studio.record([part]))
        #expect(transcript.words.isEmpty)
        #expect(transcript.text.isEmpty)
        #expect(abs(transcript.durationSeconds - 4) < 0.1)
    }

    /// What is heard does not depend on how many processes share the work.
    @Test func dealtOutItHearsTheSame() throws {
        let studio = try Studio()
        let recording = try studio.record([
            .speech("I asked each person to explain the problem and wrote down the facts."), .silence(12),
            .speech("My task was to help them agree.", voice: "rms"), .silence(12),
            .speech("We opened on time and saved ten percent of the cost.", voice: "rms"),
        ])
        let alone = try OfflineTranscriber(processes: 1).transcribe(recording)
        let shared = try OfflineTranscriber(processes: 3).transcribe(recording)
        #expect(alone.words == shared.words)
        #expect(alone.words.count > 15)
    }

    /// Other recordings before this one are not its fault.
    @Test func whoDoesNotGetItsTurnMayComeAgain() throws {
        let studio = try Studio()
        let sound = try RecordedSound(of: studio.record([.speech("I asked each person.")]), temporaryFolder: "/tmp")
        let folder = try TemporaryFolder(in: "/tmp")
        let locks = folder.path
        func recognize() throws(TranscriptionError) -> [Word] {
            try PocketSphinx.recognize(
                OfflineTranscriber.utterances(sound.voiced, sound.audio.levels), of: sound.audio, processes: 1, locks: locks,
                seconds: 60, turn: 1)
        }
        func failureWhileAnotherHasTheTurn() throws -> TranscriptionError? {
            guard let other = try LockedFile("\(locks)/parley-recogniser-0") else { throw SystemError("flock", code: 0) }
            let error = #expect(throws: TranscriptionError.self) { try recognize() }
            _ = try other.size
            return error
        }
        let failure = try #require(try failureWhileAnotherHasTheTurn())
        #expect(TranscriptProblem(failure) == nil, "\(failure)")
        #expect(try !recognize().isEmpty)
    }

    @Test func cutsWhereItIsQuiet() {
        var levels = SoundLevels.Meter(mostSamples: .max)
        levels.add([Int16](repeating: 0, count: 60 * Audio.rate))
        func cut(_ spans: [(Double, Double)]) -> [PocketSphinx.Utterance] {
            OfflineTranscriber.utterances(spans.map { Span(start: $0.0, end: $0.1) }, levels.levels)
        }
        #expect(cut([(1, 5), (6, 15)]) == [PocketSphinx.Utterance(start: 80, end: 1520)])
        #expect(cut([(1, 15), (15.2, 25)]) == [
            PocketSphinx.Utterance(start: 80, end: 1510), PocketSphinx.Utterance(start: 1510, end: 2520),
        ])
        // Nobody pauses: no piece is longer than 20 s, and none is lost.
        let pieces = cut([(0, 50)])
        #expect(pieces.allSatisfy { $0.end - $0.start <= 2000 + 40 })
        #expect(zip(pieces, pieces.dropFirst()).allSatisfy { $0.end == $1.start })
        #expect(pieces.last?.end == 5020)
    }

    @Test func tellsARecordingWithoutAudioTrack() throws {
        let studio = try Studio()
        let recording = try studio.ffmpeg(
            ["-f", "lavfi", "-i", "color=s=64x64:r=5:d=1", "-c:v", "libvpx"], as: "silent.webm")
        #expect(throws: TranscriptionError.noAudioTrack) { try OfflineTranscriber().transcribe(recording) }
    }

    /// A list that would make ffmpeg open another file is refused before ffmpeg sees it.
    @Test(arguments: ["hello", "", "ffconcat version 1.0\nfile /etc/passwd\n", "#EXTM3U\n/etc/passwd\n"])
    func refusesOtherFiles(_ content: String) throws {
        let folder = try TemporaryFolder(in: "/tmp")
        try File.replace("\(folder.path)/answer.webm", with: Array(content.utf8))
        #expect(throws: TranscriptionError.notARecording) {
            try OfflineTranscriber().transcribe("\(folder.path)/answer.webm")
        }
    }

    @Test func aRecordingCutShortGivesWhatIsThere() throws {
        let studio = try Studio()
        let path = try studio.record([.speech("I asked each person to explain the problem and wrote down the facts.")])
        let bytes = try File.read(path)
        try File.replace(path, with: Array(bytes.prefix(bytes.count * 7 / 10)))
        let transcript = try OfflineTranscriber().transcribe(path)
        #expect(transcript.text.contains("explain"))
        #expect(!transcript.text.contains("facts"))
    }

    @Test(arguments: ["answer.webm", "answer.mp4"])
    func tellsAFileThatCannotBeDecoded(_ name: String) throws {
        let studio = try Studio()
        let path = try studio.record([.speech("I asked each person.")], as: name)
        try File.replace(path, with: Array(try File.read(path).prefix(60)))
        let error = #expect(throws: TranscriptionError.self) { try OfflineTranscriber().transcribe(path) }
        guard case .corrupt = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    /// What a full disk left of the sound is not all that was said.
    @Test func aFullDiskIsNotTheRecordingsFault() throws {
        func errors(_ path: String) throws -> String {
            let limits = ChildProcess.Limits(seconds: 60, memory: 1 << 30, output: 1 << 16, file: 1 << 20)
            let source = ["-nostdin", "-v", "error", "-y", "-f", "lavfi", "-i", "anoisesrc=d=1", "-ar", "16000", "-f", "s16le"]
            return try ChildProcess.run("ffmpeg", source + [path], limits: limits).errors
        }
        #expect(Audio.ranOutOfRoom(try errors("/dev/full")))
        #expect(!Audio.ranOutOfRoom(try errors("/dev/null")))
    }

    @Test func aMissingFileIsNotTheRecordingsFault() throws {
        let error = #expect(throws: TranscriptionError.self) {
            try OfflineTranscriber().transcribe("/no/such/file")
        }
        #expect(error?.isTransient == true)
    }

    @Test func leavesNothingBehind() throws {
        let studio = try Studio()
        let recording = try studio.record([.speech("I asked each person.")])
        let scratch = try TemporaryFolder(in: "/tmp")
        // What another process left that was killed; no process has such a number.
        try File.makeFolder("\(scratch.path)/parley-4194305-abcdef")
        try File.replace("\(scratch.path)/parley-4194305-abcdef/speech.raw", with: [0])
        _ = try OfflineTranscriber(temporaryFolder: scratch.path, processes: 1).transcribe(recording)
        #expect(try File.names(in: scratch.path) == ["parley-recogniser-0"])
    }
}

/// Words inserted, left out or replaced, per word spoken.
private func wordErrorRate(of transcript: Transcript, against text: String) -> Double {
    let spoken = text.lowercased().split { !$0.isLetter }.map(String.init)
    let heard = transcript.words.map(\.text)
    var row = Array(0...heard.count)
    for (index, word) in spoken.enumerated() {
        var next = [index + 1]
        for column in heard.indices {
            next.append(min(row[column + 1] + 1, next[column] + 1, row[column] + (heard[column] == word ? 0 : 1)))
        }
        row = next
    }
    return Double(row[heard.count]) / Double(spoken.count)
}
