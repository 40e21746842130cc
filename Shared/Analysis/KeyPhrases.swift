/// Key phrases by RAKE: Rose, Engel, Cramer and Cowley, "Automatic keyword extraction from
/// individual documents", in Text Mining (2010), chapter 1.
enum KeyPhrases {
    /// The best third of the candidates, but no more than `limit`, best first. A word that stands
    /// alone wherever it occurs (score 1) is no phrase.
    static func extract(from clauses: [Clause], limit: Int = 8) -> [String] {
        let candidates = clauses.flatMap { KeyPhrases.candidates(in: $0.words) }
        let scores = wordScores(candidates)
        var seen: Set<[String]> = []
        let distinct = candidates.filter { seen.insert($0.map(Terms.stem)).inserted }
        let ranked = distinct.enumerated()
            .map { (order: $0.offset, phrase: $0.element, score: $0.element.reduce(0) { $0 + (scores[$1] ?? 0) }) }
            .filter { $0.score > 1 }
            // Earlier first among equals, so that the same answer always gives the same phrases.
            .sorted { ($0.score, $1.order) > ($1.score, $0.order) }
        return ranked.prefix(min(limit, (distinct.count + 2) / 3)).map { $0.phrase.joined(separator: " ") }
    }

    /// Longest runs of content words; more than four in a row are no phrase anybody would use.
    private static func candidates(in words: [String]) -> [[String]] {
        words.split { !Terms.isContent($0) }.map(Array.init).filter { $0.count <= 4 }
    }

    /// Degree by frequency: high for words that occur in long phrases rather than alone.
    private static func wordScores(_ phrases: [[String]]) -> [String: Double] {
        var frequency: [String: Double] = [:]
        var degree: [String: Double] = [:]
        for phrase in phrases {
            for word in phrase {
                frequency[word, default: 0] += 1
                degree[word, default: 0] += Double(phrase.count)
            }
        }
        return degree.reduce(into: [:]) { $0[$1.key] = $1.value / (frequency[$1.key] ?? 1) }
    }
}
