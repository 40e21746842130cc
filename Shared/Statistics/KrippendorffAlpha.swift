/// Krippendorff's alpha: agreement of any number of raters, any of whose scores may be missing.
/// 1 is perfect agreement, 0 that of chance.
///
/// α = 1 − Dₒ/Dₑ: how far two scores of one subject are apart on average, against two scores of
/// any subjects (Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability"). With Δ the sum
/// of δ² over all pairs of some scores, m the number of a subject's scores and n that of all:
/// α = 1 − (n−1)·Σ Δ(subject)/(m−1) / Δ(all).
public struct KrippendorffAlpha: Codable, Sendable, Equatable {
    /// How far two scores c and k are apart, δ².
    public enum Level: String, Codable, Sendable, CaseIterable {
        /// 1 when they differ.
        case nominal
        /// The square of the number of scores from c to k, those equal to c or k counted by half.
        case ordinal
        /// (c−k)²
        case interval
    }

    /// Subjects with at least 2 scores; only these count.
    public let subjects: Int
    /// The scores of these subjects.
    public let scores: Int
    /// nil when fewer than 2 subjects have 2 scores (alpha of one subject would be 0 whatever the
    /// scores), and when all these scores are equal.
    public let value: Double?

    public init(of ratings: Ratings, level: Level = .ordinal) {
        let units = ratings.rows.map { $0.compactMap(\.self) }.filter { $0.count >= 2 }
        let all = units.flatMap(\.self)
        subjects = units.count
        scores = all.count
        guard units.count >= 2, Set(all).count >= 2 else {
            value = nil
            return
        }
        let apart = level.pairwise(all)
        let within = units.reduce(0) { $0 + apart($1) / Double($1.count - 1) }
        value = 1 - Double(all.count - 1) * within / apart(all)
    }
}

extension KrippendorffAlpha.Level {
    /// - Parameter all: the scores of all subjects.
    /// - Returns: the sum of δ² over all pairs of the scores it is given.
    fileprivate func pairwise(_ all: [Double]) -> ([Double]) -> Double {
        switch self {
        case .nominal: unequalPairs
        case .interval: squaredDifferences
        case .ordinal:
            { [ranks = midranks(all)] scores in squaredDifferences(scores.map { ranks[$0, default: 0] }) }
        }
    }
}

private func counts(_ scores: [Double]) -> [Double: Double] {
    scores.reduce(into: [:]) { $0[$1, default: 0] += 1 }
}

private func unequalPairs(_ scores: [Double]) -> Double {
    (squared(Double(scores.count)) - counts(scores).values.reduce(0) { $0 + squared($1) }) / 2
}

/// Σ (x−y)² over all pairs is the number of scores times their sum of squares about the mean.
private func squaredDifferences(_ scores: [Double]) -> Double {
    let count = Double(scores.count)
    let mean = scores.reduce(0, +) / count
    return count * scores.reduce(0) { $0 + squared($1 - mean) }
}

/// The middle of each score's places in the order of all: an ordinal distance is the difference
/// of two of them.
private func midranks(_ scores: [Double]) -> [Double: Double] {
    var ranks: [Double: Double] = [:]
    var below = 0.0
    for (score, count) in counts(scores).sorted(by: { $0.key < $1.key }) {
        ranks[score] = below + count / 2
        below += count
    }
    return ranks
}
