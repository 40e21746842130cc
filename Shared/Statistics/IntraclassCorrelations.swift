/// How far several raters agree on the same subjects, as the share of the scores' variance that
/// is due to the subjects: 1 is perfect agreement, 0 none, below 0 contradiction.
///
/// Each coefficient is nil where there is not enough data: fewer than 2 subjects or 2 raters,
/// no variance at all, or an estimate of the total variance that is not above 0.
///
/// Sources: Shrout and Fleiss 1979 (Psychol. Bull. 86:420), McGraw and Wong 1996
/// (Psychol. Methods 1:30).
public struct IntraclassCorrelations: Codable, Sendable, Equatable {
    /// Subjects that every rater scored; only these count.
    public let subjects: Int
    /// Subjects left out because a rater's score is missing.
    public let leftOut: Int
    /// Raters with a score of at least one subject.
    public let raters: Int
    /// ICC(1,1): each subject has raters of its own.
    public let oneWay: Coefficient?
    /// ICC(2,1): absolute agreement of single raters, who stand for all possible raters.
    public let single: Coefficient?
    /// ICC(2,k): absolute agreement of the mean of these k raters.
    public let average: Coefficient?
    /// ICC(3,1): consistency of single raters, whatever the severity of each.
    public let consistency: Coefficient?

    public init(of ratings: Ratings) {
        let cases = ratings.completeCases
        let squares = MeanSquares(cases.rows)
        subjects = cases.rows.count
        leftOut = cases.leftOut
        raters = ratings.activeRaters.count
        oneWay = squares?.oneWay
        single = squares?.single
        average = squares?.average
        consistency = squares?.consistency
    }
}

/// An estimate and how certain it is.
public struct Coefficient: Codable, Sendable, Equatable {
    public let value: Double
    /// nil where the raters left no error to judge it by, or a limit does not exist.
    public let interval: ConfidenceInterval?

    init(_ value: Double, _ interval: ConfidenceInterval?) {
        self.value = value
        self.interval = interval
    }
}

/// A 95 % confidence interval. The limits are those of the formula and may lie below −1 when
/// there are few subjects.
public struct ConfidenceInterval: Codable, Sendable, Equatable {
    public let lower: Double
    public let upper: Double
    public var width: Double { upper - lower }
}
