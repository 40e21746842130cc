/// How an answer was delivered, measured and never judged. Pace and pauses depend on person,
/// language and topic: they are for coaching, not for scores. Times are in seconds.
public struct SpeechMetrics: Codable, Sendable, Equatable {
    /// A gap between sounds counts as a pause from here (De Jong and Bosker 2013), in seconds.
    public static let pauseThreshold = 0.25
    /// Pauses from here are counted again as long (Campione and Véronis 2002), in seconds.
    public static let longPause = 1.0
    /// A sound of voice without a word is told of from here, in seconds: shorter ones are breaths and clicks.
    public static let vocalizationThreshold = 0.15

    /// The whole recording.
    public let durationSeconds: Double
    /// Sound without the pauses, and the rest of the recording.
    public let speakingSeconds: Double
    public let silenceSeconds: Double
    /// Words recognised, fillers included.
    public let wordCount: Int
    /// Words that are not counted fillers per minute from the first sound of speech to the last.
    public let wordsPerMinute: Double
    /// Syllables per second of speaking; null without words.
    public let articulationRate: Double?
    /// Null where the engine writes no sentences.
    public let wordsPerSentence: Double?
    /// From the start of the recording to the first sound of speech; null in silence.
    public let responseLatencySeconds: Double?
    public let pauses: Pauses
    public let fillers: Fillers
    /// True when the recogniser is known to leave hesitations out.
    public let fillerLowerBound: Bool
    public let repetitions: Repetitions
    /// Voice without a word, such as a hum: apart from fillers, for nobody knows what it was.
    public let vocalizations: Vocalizations
    public let method: Method

    /// What was measured by which means.
    public struct Method: Codable, Sendable, Equatable {
        /// `samples`: the level of the sound, in 10 ms steps. `words`: the engine's times, as there were no samples.
        public let pauses: Source
        /// The engine that wrote the words that pace, fillers and repetitions are counted in.
        public let words: String

        public enum Source: String, Codable, Sendable {
            case samples, words
        }
    }

    public struct Pauses: Codable, Sendable, Equatable {
        public let thresholdSeconds: Double
        public let longThresholdSeconds: Double
        public let count: Int
        /// Per minute from the first sound to the last.
        public let perMinute: Double
        /// Of a second or more.
        public let longCount: Int
        public let medianSeconds: Double?
        public let p90Seconds: Double?
        public let longestSeconds: Double?
        /// All of them, in order.
        public let occurrences: [Span]

        init(between sounds: [Span], responseSeconds: Double) {
            occurrences = zip(sounds, sounds.dropFirst()).map { Span(start: rounded($0.end), end: rounded($1.start)) }
            let sorted = occurrences.map { rounded($0.length) }.sorted()
            thresholdSeconds = SpeechMetrics.pauseThreshold
            longThresholdSeconds = SpeechMetrics.longPause
            count = sorted.count
            perMinute = SpeechMetrics.perMinute(sorted.count, responseSeconds)
            longCount = sorted.count { $0 >= SpeechMetrics.longPause }
            medianSeconds = Pauses.percentile(0.5, of: sorted)
            p90Seconds = Pauses.percentile(0.9, of: sorted)
            longestSeconds = sorted.last
        }

        /// Linear between the two nearest ranks.
        private static func percentile(_ share: Double, of sorted: [Double]) -> Double? {
            guard let last = sorted.indices.last else { return nil }
            let rank = share * Double(last)
            let below = Int(rank)
            let above = min(below + 1, last)
            return rounded(sorted[below] + (rank - Double(below)) * (sorted[above] - sorted[below]))
        }
    }

    public struct Vocalizations: Codable, Sendable, Equatable {
        public let thresholdSeconds: Double
        public let count: Int
        public let seconds: Double
        public let occurrences: [Span]
    }

    /// - Parameter verbatim: whether the engine writes down every hesitation.
    public init(of transcript: Transcript, verbatim: Bool = false) {
        let words = transcript.words
        let sounds = SpeechMetrics.sounds(of: transcript)
        let start = sounds.first?.start
        let response = (sounds.last?.end ?? 0) - (start ?? 0)
        let speaking = sounds.reduce(0) { $0 + $1.length }

        durationSeconds = transcript.durationSeconds
        speakingSeconds = rounded(speaking)
        silenceSeconds = rounded(max(0, transcript.durationSeconds - speaking))
        wordCount = words.count
        fillers = Fillers(in: words, responseSeconds: response)
        fillerLowerBound = !verbatim
        let fillerWords = fillers.occurrences.reduce(0) { $0 + $1.text.split(separator: " ").count }
        wordsPerMinute = SpeechMetrics.perMinute(words.count - fillerWords, response)
        articulationRate = words.isEmpty || speaking == 0
            ? nil : (Double(SpeechMetrics.syllables(of: words)) * 100 / speaking).rounded() / 100
        wordsPerSentence = SpeechMetrics.wordsPerSentence(transcript)
        responseLatencySeconds = start.map(rounded)
        pauses = Pauses(between: sounds, responseSeconds: response)
        repetitions = Repetitions(in: words)
        vocalizations = SpeechMetrics.vocalizations(transcript)
        method = Method(pauses: transcript.voiced.isEmpty ? .words : .samples, words: transcript.engine.name)
    }

    /// To a tenth; 0 where there is no time.
    static func perMinute(_ count: Int, _ seconds: Double) -> Double {
        seconds > 0 ? (Double(count) * 600 / seconds).rounded() / 10 : 0
    }

    /// Stretches of speech between pauses: where the energy shows a voice, or where the words are
    /// when nobody measured the energy. A short sound without a word is a click, not speech.
    private static func sounds(of transcript: Transcript) -> [Span] {
        let words = transcript.words.map { Span(start: $0.start, end: $0.end) }.filter { $0.length > 0 }
        let voices = transcript.voiced.filter { voice in
            voice.length >= vocalizationThreshold || words.contains { $0.start < voice.end && voice.start < $0.end }
        }
        return VoiceActivity.merge(voices.isEmpty ? words : voices, gapsBelow: pauseThreshold)
    }

    /// An engine's word times are seldom better than this, in seconds.
    private static let wordTolerance = 0.1

    private static func vocalizations(_ transcript: Transcript) -> Vocalizations {
        var found: [Span] = []
        for voice in transcript.voiced {
            var start = voice.start
            for word in transcript.words where word.end + wordTolerance > voice.start && word.start - wordTolerance < voice.end {
                found.append(Span(start: start, end: word.start - wordTolerance))
                start = max(start, word.end + wordTolerance)
            }
            found.append(Span(start: start, end: voice.end))
        }
        let long = found.filter { $0.length >= vocalizationThreshold }
            .map { Span(start: rounded($0.start), end: rounded($0.end)) }
        return Vocalizations(
            thresholdSeconds: vocalizationThreshold, count: long.count,
            seconds: rounded(long.reduce(0) { $0 + $1.length }), occurrences: long)
    }

    private static func wordsPerSentence(_ transcript: Transcript) -> Double? {
        let sentences = transcript.text.split { ".?!".contains($0) }.filter { $0.contains(where: \.isLetter) }
        guard transcript.text.contains(where: { ".?!".contains($0) }) else { return nil }
        let words = sentences.reduce(0) { $0 + $1.split(whereSeparator: \.isWhitespace).count }
        return (Double(words) * 10 / Double(max(1, sentences.count))).rounded() / 10
    }

    private static func syllables(of words: [Word]) -> Int {
        let spoken = words.map(\.normalized)
        let counts = Syllables.count(Set(spoken))
        return spoken.reduce(0) { $0 + (counts[$1] ?? 0) }
    }
}
