/// Words that fill time. Sounds always count; phrases that also have a meaning count only where
/// they cannot have it, and are otherwise reported as possible.
public struct Fillers: Codable, Sendable, Equatable {
    public let count: Int
    /// Per minute of response, from the first sound to the last.
    public let perMinute: Double
    public let perHundredWords: Double
    public let occurrences: [Occurrence]
    /// Phrases like "you know" in a place where they may mean what they say; not counted.
    public let possible: [Occurrence]

    public struct Occurrence: Codable, Sendable, Equatable {
        public let kind: Kind
        public let text: String
        /// Seconds from the start of the recording.
        public let start: Double
        public let end: Double
        /// The first word's place in the transcript, from 0.
        public let wordIndex: Int
    }

    public enum Kind: String, Codable, Sendable {
        /// um, uh and the like, which mean nothing else.
        case sound
        /// "you know" and the like, where they mean nothing.
        case phrase
    }

    static let sounds: Set<String> = ["um", "umm", "uh", "uhh", "er", "erm", "ah", "eh", "hmm", "mm"]
    static let phrases: [[String]] = [
        ["you", "know"], ["i", "mean"], ["kind", "of"],
        ["like"], ["so"], ["basically"], ["actually"], ["right"],
    ]

    init(in words: [Word], responseSeconds: Double) {
        let spoken = words.map(\.normalized)
        var certain: [Occurrence] = []
        var possible: [Occurrence] = []
        var index = 0
        while index < words.count {
            let phrase = Fillers.phrases.first { spoken[index...].starts(with: $0) }
            let length = phrase?.count ?? 1
            let occurrence = Occurrence(
                kind: phrase == nil ? .sound : .phrase, text: spoken[index..<index + length].joined(separator: " "),
                start: words[index].start, end: words[index + length - 1].end, wordIndex: index)
            if Fillers.sounds.contains(spoken[index]) {
                certain.append(occurrence)
            } else if phrase != nil {
                if Fillers.isFiller(index..<index + length, of: words) {
                    certain.append(occurrence)
                } else {
                    possible.append(occurrence)
                }
            }
            index += length
        }
        count = certain.count
        perMinute = SpeechMetrics.perMinute(certain.count, responseSeconds)
        perHundredWords = words.isEmpty ? 0 : (Double(certain.count) * 1000 / Double(words.count)).rounded() / 10
        occurrences = certain
        self.possible = possible
    }

    /// Whether a phrase opens an utterance, or stands alone between pauses or commas.
    private static func isFiller(_ range: Range<Int>, of words: [Word]) -> Bool {
        guard range.lowerBound > 0 else { return true }
        let before = words[range.lowerBound - 1]
        let pauseBefore = words[range.lowerBound].start - before.end
        if pauseBefore >= SpeechMetrics.longPause || ".?!".contains(before.text.last ?? " ") { return true }
        let apartBefore = pauseBefore >= SpeechMetrics.pauseThreshold || before.text.last == ","
        guard range.upperBound < words.count else { return apartBefore }
        let last = words[range.upperBound - 1]
        let pauseAfter = words[range.upperBound].start - last.end
        let apartAfter = pauseAfter >= SpeechMetrics.pauseThreshold || ",.?!".contains(last.text.last ?? " ")
        return apartBefore && apartAfter
    }
}
