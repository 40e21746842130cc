/// How a rater's scores differ from those the others gave to the same subjects.
public struct Severity: Codable, Sendable, Equatable {
    /// Subjects that this and at least one other rater scored; only these count.
    public let subjects: Int
    /// The mean, over the subjects, of the rater's score less the mean of the others' scores:
    /// below 0 severe, above 0 lenient. nil with fewer than 2 subjects.
    public let difference: Double?
    /// s/√n of the same differences. nil with fewer than 2 subjects.
    public let standardError: Double?

    /// One severity per column, in the columns' order.
    public static func ofEach(in ratings: Ratings) -> [Severity] {
        (0..<ratings.raters).map { rater in
            Severity(of: ratings.rows.compactMap { row in
                let others = row.indices.filter { $0 != rater }.compactMap { row[$0] }
                guard let own = row[rater], !others.isEmpty else { return nil }
                // Each difference by itself, so that equal scores differ by exactly 0.
                return others.reduce(0) { $0 + (own - $1) } / Double(others.count)
            })
        }
    }

    private init(of differences: [Double]) {
        let n = Double(differences.count)
        let mean = differences.reduce(0, +) / n
        let squares = differences.reduce(0) { $0 + squared($1 - mean) }
        subjects = differences.count
        difference = n < 2 ? nil : mean
        standardError = n < 2 ? nil : (squares / (n - 1) / n).squareRoot()
    }
}
