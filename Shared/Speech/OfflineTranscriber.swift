import Glibc

/// Transcribes on this machine, with no model to download and no network: ffmpeg decodes,
/// PocketSphinx recognises English, as many pieces at a time as there are processors.
public struct OfflineTranscriber: Transcriber {
    /// What a recording holds beyond this is not transcribed.
    public static let maximumSeconds = 2 * 60 * 60
    /// Less than the courier's patience, so that whoever gives up does so here, with its processes gone.
    private static let patience = 840
    /// Of that, until it is this recording's turn: then there are ten minutes at least, and a recording is not taken for
    /// one that takes too long because others came before it.
    private static let patienceForTurn = 240

    private let temporaryFolder: String
    private let maximumSeconds: Int
    private let processes: Int

    /// - Parameters:
    ///   - temporaryFolder: an existing folder for the samples while they are recognised.
    ///   - processes: how many recognisers may run at a time, in all workers that share the folder.
    public init(
        temporaryFolder: String = "/tmp", maximumSeconds: Int = maximumSeconds, processes: Int = processors
    ) {
        self.temporaryFolder = temporaryFolder
        self.maximumSeconds = maximumSeconds
        self.processes = processes
    }

    public static var processors: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

    public static let engine = Engine(
        name: "Parley offline speech", version: "pocketsphinx 0.8, en-us 5.2", method: .rule,
        limits: [
            "Recognises American English only; expect many wrong words in everyday recordings.",
            "Works worse for accents, noise and distant microphones; wrong words say nothing about the speaker.",
            "Hesitations such as um and uh are often missing or replaced by other words.",
            "The text has no punctuation and is a draft: listen before you quote it.",
            "Which language is spoken is not checked.",
        ])

    public func transcribe(_ recording: String) throws(TranscriptionError) -> Transcript {
        let sound = try RecordedSound(of: recording, temporaryFolder: temporaryFolder, maximumSeconds: maximumSeconds)
        return try transcribe(sound)
    }

    /// A recording that was decoded already.
    public func transcribe(_ sound: RecordedSound) throws(TranscriptionError) -> Transcript {
        let utterances = Self.utterances(sound.voiced, sound.audio.levels)
        let words = utterances.isEmpty ? [] : try PocketSphinx.recognize(
            utterances, of: sound.audio, processes: processes, locks: temporaryFolder, seconds: Self.patience,
            turn: Self.patienceForTurn)
        return Transcript(
            text: words.map(\.text).joined(separator: " "), words: words, voiced: sound.voiced,
            durationSeconds: rounded(sound.audio.durationSeconds), language: "en", quality: .draft,
            engine: Self.engine)
    }

    /// Long enough for the recogniser to know voice and room, short enough to be dealt out evenly; in frames.
    private static let longestUtterance = 20 * SoundLevels.framesPerSecond
    /// Kept around an utterance, so that its first and last sounds are whole.
    private static let margin = SoundLevels.framesPerSecond / 5

    /// Cuts where it is quiet: stretches of voice are taken together while they fit. Sound without any quiet is cut at
    /// its quietest frame.
    static func utterances(_ voiced: [Span], _ levels: SoundLevels) -> [PocketSphinx.Utterance] {
        let rate = Double(SoundLevels.framesPerSecond)
        var groups: [(start: Int, end: Int)] = []
        for span in voiced {
            var start = Int((span.start * rate).rounded())
            let end = Int((span.end * rate).rounded())
            if let last = groups.last, end - last.start <= longestUtterance {
                groups[groups.count - 1].end = end
                continue
            }
            while end - start > longestUtterance {
                let window = start + longestUtterance / 2..<start + longestUtterance
                let cut = window.min { levels.whole[$0] < levels.whole[$1] } ?? window.upperBound
                groups.append((start, cut))
                start = cut
            }
            groups.append((start, end))
        }
        return groups.indices.map { index in
            let before = index == 0 ? 0 : (groups[index - 1].end + groups[index].start) / 2
            let after = index + 1 == groups.count ? levels.whole.count : (groups[index].end + groups[index + 1].start) / 2
            return PocketSphinx.Utterance(
                start: max(before, groups[index].start - margin), end: min(after, groups[index].end + margin))
        }
    }
}
