/// How an answer was delivered, measured and never judged. Pace and pauses depend on person,
/// language and topic: they are for coaching, not for scores.
public struct SpeechMetrics: Codable, Sendable, Equatable {
    /// A gap between sounds counts as a pause from here (De Jong and Bosker 2013), in seconds.
    public static let pauseThreshold = 0.25
    /// Pauses from here are counted again as long (Campione and Véronis 2002), in seconds.
    public static let longPause = 1.0

    /// The whole recording.
    public let durationSeconds: Double
    /// Sound without the pauses.
    public let speakingSeconds: Double
    /// Words recognised, fillers included.
    public let wordCount: Int
    /// Words that are not counted fillers per minute from the first sound of speech to the last.
    public let wordsPerMinute: Double
    /// Syllables per second of speaking; null without words.
    public let articulationRate: Double?
    /// From the start of the recording to the first sound of speech; null in silence.
    public let responseLatencySeconds: Double?
    public let pauses: Pauses
    public let fillers: Fillers
    public let repetitions: Repetitions

    public struct Pauses: Codable, Sendable, Equatable {
        public let thresholdSeconds: Double
        public let count: Int
        /// Of a second or more.
        public let longCount: Int
        public let medianSeconds: Double?
        public let p90Seconds: Double?
        public let longestSeconds: Double?

        init(_ lengths: [Double]) {
            let sorted = lengths.sorted()
            thresholdSeconds = SpeechMetrics.pauseThreshold
            count = sorted.count
            longCount = sorted.count { $0 >= SpeechMetrics.longPause }
            medianSeconds = Pauses.percentile(0.5, of: sorted)
            p90Seconds = Pauses.percentile(0.9, of: sorted)
            longestSeconds = sorted.last.map(rounded)
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

    public struct Repetitions: Codable, Sendable, Equatable {
        /// Words or groups of up to three words said twice in a row.
        public let count: Int
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
        wordCount = words.count
        fillers = Fillers(in: words, responseSeconds: response, lowerBound: !verbatim)
        let fillerWords = fillers.occurrences.reduce(0) { $0 + $1.text.split(separator: " ").count }
        wordsPerMinute = response > 0 ? (Double(words.count - fillerWords) * 600 / response).rounded() / 10 : 0
        articulationRate = words.isEmpty || speaking == 0
            ? nil : (Double(SpeechMetrics.syllables(of: words)) * 100 / speaking).rounded() / 100
        responseLatencySeconds = start.map(rounded)
        pauses = Pauses(zip(sounds, sounds.dropFirst()).map { rounded($1.start - $0.end) })
        repetitions = Repetitions(count: SpeechMetrics.repetitions(in: words.map(\.normalized)))
    }

    /// Stretches of speech between pauses: where the energy shows a voice, or where the words are
    /// when nobody measured the energy. A short sound without a word is a click, not speech.
    private static func sounds(of transcript: Transcript) -> [Span] {
        let words = transcript.words.map { Span(start: $0.start, end: $0.end) }
        let voices = transcript.voiced.filter { voice in
            voice.length >= 0.15 || words.contains { $0.start < voice.end && voice.start < $0.end }
        }
        return VoiceActivity.merge(voices.isEmpty ? words : voices, gapsBelow: pauseThreshold)
    }

    private static func syllables(of words: [Word]) -> Int {
        let spoken = words.map(\.normalized)
        let counts = Syllables.count(Set(spoken))
        return spoken.reduce(0) { $0 + (counts[$1] ?? 0) }
    }

    /// Emphasis ("very very") is no repetition.
    private static let emphatic: Set<String> = ["very", "really", "so", "no", "yes", "much", "many"]

    private static func repetitions(in words: [String]) -> Int {
        var count = 0
        var index = 0
        while index < words.count {
            let repeated = (1...3).reversed().first { length in
                index + 2 * length <= words.count
                    && words[index..<index + length] == words[index + length..<index + 2 * length]
            }
            if let length = repeated, !emphatic.contains(words[index]) {
                count += 1
                index += length
            } else {
                index += 1
            }
        }
        return count
    }
}
