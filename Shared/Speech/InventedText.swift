/// Finds words that a recogniser made up: about 1% of Whisper's segments hold whole phrases that nobody said, the more
/// the longer the silences (Koenecke et al., "Careless Whisper", FAccT 2024).
enum InventedText {
    /// Takes made-up words out of a transcript.
    /// - Returns: what was taken out, in order of time.
    static func remove(from transcript: inout Transcript) -> [RemovedText] {
        let words = transcript.words
        var reasons = [RemovedText.Reason?](repeating: nil, count: words.count)
        for index in words.indices { reasons[index] = reason(for: words[index], transcript) }
        for index in repeated(words.map(\.normalized)) where reasons[index] == nil { reasons[index] = .loop }
        guard reasons.contains(where: { $0 != nil }) else { return [] }
        transcript.words = zip(words, reasons).filter { $1 == nil }.map { $0.0 }
        transcript.text = transcript.words.map(\.text).joined(separator: " ")
        return grouped(words, reasons)
    }

    /// A recogniser's times may be off by so much, in seconds.
    private static let tolerance = 0.3

    private static func reason(for word: Word, _ transcript: Transcript) -> RemovedText.Reason? {
        let isHeard = transcript.voiced.contains {
            $0.start < word.end + tolerance && word.start - tolerance < $0.end
        }
        if !isHeard, !transcript.voiced.isEmpty { return .outsideSpeech }
        let middle = (word.start + word.end) / 2
        let segment = (transcript.segments ?? []).first { $0.start <= middle && middle < $0.end }
        return segment?.isImprobable == true ? .improbable : nil
    }

    /// More than five times the same words in a row are one time and a loop.
    private static let mostRepeats = 5
    /// The longest group of words that is looked for in loops.
    private static let longestLoop = 10

    /// The indices of all but the first of the repeats.
    static func repeated(_ words: [String]) -> Set<Int> {
        var found: Set<Int> = []
        for length in 1...longestLoop where words.count >= length * (mostRepeats + 1) {
            var start = 0
            while start + length < words.count {
                // As long as each word equals the one a group earlier, the group goes on.
                var end = start + length
                while end < words.count, words[end] == words[end - length] { end += 1 }
                if (end - start) / length > mostRepeats {
                    found.formUnion(start + length..<end)
                    start = end
                } else {
                    start += 1
                }
            }
        }
        return found
    }

    private static func grouped(_ words: [Word], _ reasons: [RemovedText.Reason?]) -> [RemovedText] {
        var groups: [RemovedText] = []
        var last: Int?
        for index in words.indices {
            guard let reason = reasons[index] else { continue }
            let word = words[index]
            if last == index - 1, let group = groups.last, group.reason == reason {
                groups[groups.count - 1] = RemovedText(
                    text: "\(group.text) \(word.text)", start: group.start, end: word.end, wordCount: group.wordCount + 1,
                    reason: reason)
            } else {
                groups.append(
                    RemovedText(text: word.text, start: word.start, end: word.end, wordCount: 1, reason: reason))
            }
            last = index
        }
        return groups
    }
}

/// Words that an engine wrote and nobody can have said.
public struct RemovedText: Codable, Sendable, Equatable {
    public let text: String
    /// In seconds from the start of the recording.
    public let start: Double
    public let end: Double
    public let wordCount: Int
    public let reason: Reason

    public enum Reason: String, Codable, Sendable {
        /// Where the samples hold no voice.
        case outsideSpeech = "OUTSIDE_SPEECH"
        /// The same words more than five times in a row.
        case loop = "LOOP"
        /// The engine's own figures say that it failed.
        case improbable = "IMPROBABLE"
    }
}

extension Segment {
    /// By the limits that OpenAI documents for `verbose_json`, and Whisper itself uses for silence.
    fileprivate var isImprobable: Bool {
        if let ratio = compressionRatio, ratio > 2.4 { return true }
        guard let silence = noSpeechProbability, let probability = avgLogProbability else { return false }
        return silence > 0.6 && probability < -1
    }
}
