/// Scores combined by fixed weights and nothing else: a weighted mean predicts better than a total
/// formed by judgement (Conway, Jako and Goodman 1995, J. Appl. Psychol. 80:565).
public struct CombinedScore: Codable, Sendable, Equatable {
    /// The score of a question or a competency and what it counts.
    public struct Part: Sendable, Equatable {
        /// nil while nobody has given it.
        public let score: Double?
        public let weight: Double

        public init(score: Double?, weight: Double) {
            self.score = score
            self.weight = weight
        }
    }

    /// Σ weight·score / Σ weight over the parts that have a score, on the scale of the scores.
    public let score: Double
    /// The share of the parts' weight that has a score, above 0 up to 1.
    public let coveredWeight: Double

    /// A part whose weight is not above 0, or not finite, does not count; a score that is not
    /// finite is missing.
    ///
    /// - Returns: nil when no part that counts has a score.
    public init?(_ parts: [Part]) {
        let counting = parts.filter { $0.weight > 0 && $0.weight.isFinite }
        let scored = counting.compactMap { part in
            part.score.flatMap { $0.isFinite ? (score: $0, weight: part.weight) : nil }
        }
        let covered = scored.reduce(0) { $0 + $1.weight }
        guard covered > 0 else { return nil }
        score = scored.reduce(0) { $0 + $1.weight * $1.score } / covered
        coveredWeight = covered / counting.reduce(0) { $0 + $1.weight }
    }
}
