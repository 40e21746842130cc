/// Cohen's kappa of two raters with quadratic weights: how much nearer their scores are to each
/// other than scores dealt out at random with the same frequencies. 1 is perfect agreement.
///
/// κ = 1 − Σ wₒ/Σ wₑ with w = (i−j)²/(c−1)² over c levels of a scale of equal steps, such as 1 to 5
/// (Cohen 1968, Psychol. Bull. 70:213). The (c−1)² cancel, and the sum over the table of expected
/// frequencies is that over all pairs of a score of one and a score of the other rater:
/// κ = 1 − mean (x−y)² / (var x + var y + (mean x − mean y)²).
public struct WeightedKappa: Codable, Sendable, Equatable {
    /// Subjects that both scored; only these count.
    public let subjects: Int
    /// nil with fewer than 2 subjects, and when either gave all subjects the same score: kappa
    /// would be 0 whatever the other says.
    public let value: Double?

    /// - Parameters: the columns of the two raters, counted from 0.
    public init(of ratings: Ratings, between first: Int, and second: Int) {
        self.init(of: ratings.rows.compactMap { row in
            row[first].flatMap { one in row[second].map { (one, $0) } }
        })
    }

    private init(of pairs: [(first: Double, second: Double)]) {
        subjects = pairs.count
        guard Set(pairs.map(\.first)).count > 1, Set(pairs.map(\.second)).count > 1 else {
            value = nil
            return
        }
        let n = Double(pairs.count)
        let means = (pairs.reduce(0) { $0 + $1.first } / n, pairs.reduce(0) { $0 + $1.second } / n)
        let observed = pairs.reduce(0) { $0 + squared($1.first - $1.second) } / n
        let variances = pairs.reduce(0) { $0 + squared($1.first - means.0) + squared($1.second - means.1) } / n
        value = 1 - observed / (variances + squared(means.0 - means.1))
    }
}
