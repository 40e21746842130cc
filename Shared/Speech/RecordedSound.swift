/// The sound of a recording, listened to before and after anybody recognises words in it: where there is a voice, what
/// there is instead of one, and which words cannot have been said.
public final class RecordedSound {
    let audio: Audio
    /// The stretches with voice, in order.
    public let voiced: [Span]

    /// Decodes a recording, whose bytes nobody has vouched for.
    /// - Parameter temporaryFolder: an existing folder for the samples, which go with this value.
    public init(
        of recording: String, temporaryFolder: String, maximumSeconds: Int = OfflineTranscriber.maximumSeconds
    ) throws(TranscriptionError) {
        audio = try Audio(of: recording, in: temporaryFolder, maximumSeconds: maximumSeconds)
        voiced = VoiceActivity.detect(audio.levels)
    }

    /// What there is where nobody can be heard; nil when somebody may be. Then no engine needs to be asked, and none can
    /// invent words.
    public var problem: TranscriptProblem? {
        guard voiced.isEmpty else { return nil }
        let sorted = audio.levels.whole.sorted()
        let loud = sorted.isEmpty ? -75 : sorted[sorted.count - 1 - sorted.count / 20]
        return TranscriptProblem(loud < Self.quiet ? .silence : .noise)
    }

    /// A transcript of nothing, and why.
    public func transcript(_ problem: TranscriptProblem) -> Transcript {
        Transcript(problem, durationSeconds: rounded(audio.durationSeconds), voiced: voiced)
    }

    /// What an engine made of the recording, checked against its sound: without what cannot have been said, with word
    /// times where the engine gave none, and with what stands in the way of using it.
    public func checked(_ transcript: Transcript) throws(TranscriptionError) -> Transcript {
        var transcript = transcript
        transcript.voiced = voiced
        transcript.durationSeconds = rounded(audio.durationSeconds)
        if transcript.timing == .estimated, isEnglish(transcript), audio.durationSeconds <= Self.longestAligned,
            let words = try PocketSphinx.align(transcript.words.map(\.text), with: audio, seconds: 300)
        {
            transcript.words = words
            transcript.timing = .aligned
        }
        transcript.punctuate()
        let offered = transcript.words.count
        transcript.removed = InventedText.remove(from: &transcript)
        let removed = offered - transcript.words.count
        let speakers = transcript.speakers ?? TranscriptProblem(.speakersNotChecked)
        transcript.speakers = nil
        let isHeld = speakers.code.effect == .held
        let found = problem(of: transcript, removed: removed, of: offered)
        transcript.problem = found.map { TranscriptProblem($0) } ?? (isHeld ? speakers : nil)
        transcript.remarks = (audio.isCut ? [TranscriptProblem(.overTwoHours)] : [])
            + (isHeld && found == nil ? [] : [speakers])
        if transcript.problem?.code.effect == .noTranscript { transcript.clear() }
        return transcript
    }

    private func isEnglish(_ transcript: Transcript) -> Bool {
        switch transcript.language.prefix(while: { $0 != "-" }).lowercased() {
        case "en": true
        case "und": !EnglishWords.areMissing(in: transcript.words)
        default: false
        }
    }

    private func problem(of transcript: Transcript, removed: Int, of offered: Int) -> TranscriptProblem.Code? {
        let hasText = !transcript.words.isEmpty || !transcript.text.isEmpty
        if !hasText || isSparse(transcript.words), let other = kind { return other }
        if !hasText { return removed > 0 ? .textRemoved : .notRecognized }
        if !isEnglish(transcript) { return .language }
        if Double(removed) > Self.mostRemoved * Double(offered) { return .textRemoved }
        return transcript.quality == .draft && Self.confidence(transcript.words) < Self.leastConfidence
            ? .notRecognized : nil
    }

    /// A recogniser finds a word or two in music, too. Slow speech has about two in each second of voice.
    private func isSparse(_ words: [Word]) -> Bool {
        Double(words.count) < 1.2 * voiced.reduce(0) { $0 + $1.length }
    }

    /// What sounds too even for speech, by how much the level varies within two seconds: the pauses between syllables
    /// and words let speech vary by 10 dB, music was measured at 2 to 6 and noise below 2.
    private var kind: TranscriptProblem.Code? {
        let window = 2 * SoundLevels.framesPerSecond
        let deviations = stride(from: 0, to: max(1, audio.levels.whole.count - window), by: window / 2).map { start in
            deviation(audio.levels.whole[start..<min(start + window, audio.levels.whole.count)].map { max(-60, $0) })
        }
        let mean = deviations.reduce(0, +) / Double(max(1, deviations.count))
        return mean < 2 ? .noise : mean < 7 ? .music : nil
    }

    private func deviation(_ values: [Float]) -> Double {
        let mean = values.reduce(0.0) { $0 + Double($1) } / Double(max(1, values.count))
        let squares = values.reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) }
        return (squares / Double(max(1, values.count))).squareRoot()
    }

    /// The mean over the time spoken: long words are the surer evidence.
    private static func confidence(_ words: [Word]) -> Double {
        let seconds = words.reduce(0) { $0 + ($1.end - $1.start) }
        return seconds > 0 ? words.reduce(0) { $0 + $1.confidence * ($1.end - $1.start) } / seconds : 0
    }

    /// In dB of full scale: a room in which nobody speaks, recorded at a usual level.
    private static let quiet: Float = -50
    /// The share of words that may be removed before people should look first.
    private static let mostRemoved = 0.05
    /// Read speech was measured at 0.6 to 0.8, languages other than English below 0.46.
    private static let leastConfidence = 0.5
    /// In seconds; the search for word times grows faster than the recording.
    private static let longestAligned = 900.0
}
