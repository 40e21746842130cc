public import Statistics
public import Validation

/// A score that somebody gave for an answer.
public struct GivenScore: Decodable {
    /// A number for the answer, from 0 on.
    let answer: Int
    let reviewer: Person
    public let score: Double
}

extension [GivenScore] {
    /// Whoever gave one, in the order of their first.
    public var reviewers: [Person] {
        var seen: Set<Identifier> = []
        return map(\.reviewer).filter { seen.insert($0.id).inserted }
    }

    /// One row for each answer, one column for each reviewer.
    public var ratings: Ratings {
        let reviewers = reviewers
        let columns = Dictionary(uniqueKeysWithValues: reviewers.enumerated().map { ($1.id, $0) })
        let answers = (map(\.answer).max() ?? -1) + 1
        var rows = [[Double?]](repeating: Array<Double?>(repeating: nil, count: reviewers.count), count: answers)
        for score in self {
            if let column = columns[score.reviewer.id] { rows[score.answer][column] = score.score }
        }
        return Ratings(rows)
    }

    /// How often each score from 1 to 5 was given by somebody.
    public func counts(by reviewer: Identifier) -> [Int] {
        let own = filter { $0.reviewer.id == reviewer }.map(\.score)
        return (1...5).map { level in own.filter { $0 == Double(level) }.count }
    }
}
