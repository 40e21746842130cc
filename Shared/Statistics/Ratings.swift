/// Scores that raters gave to subjects (answers, interviews), any of which may be missing.
public struct Ratings: Sendable, Equatable {
    /// One row per subject, one column per rater; nil where the rater did not score the subject.
    public let rows: [[Double?]]
    /// The number of columns, raters without a score included.
    public let raters: Int

    /// - Parameter rows: one row per subject. A row shorter than the longest is missing its last
    ///   raters, and a number that is not finite is a missing score.
    public init(_ rows: [[Double?]]) {
        let raters = rows.map(\.count).max() ?? 0
        self.raters = raters
        self.rows = rows.map { row in
            row.map { score in score.flatMap { $0.isFinite ? $0 : nil } }
                + Array(repeating: nil, count: raters - row.count)
        }
    }

    /// The columns that hold a score: whoever scored nothing is no rater of these subjects.
    var activeRaters: [Int] {
        (0..<raters).filter { rater in rows.contains { $0[rater] != nil } }
    }

    /// The scores of the subjects that every active rater scored, and how many subjects were left out.
    var completeCases: (rows: [[Double]], leftOut: Int) {
        let active = activeRaters
        let complete = rows.map { row in active.compactMap { row[$0] } }
            .filter { !$0.isEmpty && $0.count == active.count }
        return (complete, rows.count - complete.count)
    }
}
