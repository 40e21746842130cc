/// Words said again, and sentences begun again.
public struct Repetitions: Codable, Sendable, Equatable {
    /// Words or groups of up to three words said twice in a row.
    public let count: Int
    /// Words broken off, and sentences that begin anew with the same pronoun after a pause.
    public let falseStartCount: Int
    public let occurrences: [Occurrence]

    public struct Occurrence: Codable, Sendable, Equatable {
        public let kind: Kind
        /// What was then said again, or broken off.
        public let text: String
        /// Seconds from the start of the recording.
        public let start: Double

        public enum Kind: String, Codable, Sendable {
            case repetition, falseStart
        }
    }

    init(in words: [Word]) {
        let spoken = words.map(\.normalized)
        var found: [Occurrence] = []
        var index = 0
        while index < words.count {
            let length = Self.repeated(at: index, spoken) ?? Self.fragment(at: index, words, spoken) ?? 0
            if length > 0 {
                let isRepetition = Self.repeated(at: index, spoken) != nil
                found.append(Occurrence(
                    kind: isRepetition ? .repetition : .falseStart,
                    text: words[index..<index + length].map(\.text).joined(separator: " "), start: words[index].start))
            }
            index += max(1, length)
        }
        occurrences = found
        count = found.count { $0.kind == .repetition }
        falseStartCount = found.count - count
    }

    /// Emphasis ("very very") is no repetition.
    private static let emphatic: Set<String> = ["very", "really", "so", "no", "yes", "much", "many"]

    /// The length of the group that is said twice from here on.
    private static func repeated(at index: Int, _ words: [String]) -> Int? {
        guard !emphatic.contains(words[index]) else { return nil }
        return (1...3).reversed().first { length in
            index + 2 * length <= words.count
                && words[index..<index + length] == words[index + length..<index + 2 * length]
        }
    }

    private static let subjects: Set<String> = ["i", "we", "he", "she", "they", "it", "you"]

    /// The length of what was broken off here: a word that ends with a dash ("pro-"), or a subject with a word or two
    /// and a pause, before the same subject begins again ("I went … I drove").
    private static func fragment(at index: Int, _ words: [Word], _ spoken: [String]) -> Int? {
        if let last = words[index].text.last, "-–—".contains(last) { return 1 }
        guard subjects.contains(spoken[index]) else { return nil }
        return (2...3).first { length in
            index + length < words.count && spoken[index + length] == spoken[index]
                && !".?!".contains(words[index + length - 1].text.last ?? " ")
                && words[index + length].start - words[index + length - 1].end >= SpeechMetrics.pauseThreshold
        }
    }
}
