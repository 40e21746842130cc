public import Statistics

/// How far reviewers agree, each measure with what it rests on. A measure that the scores are not
/// enough for is null and says so; it is never 0 for that.
public struct Agreement: Codable {
    let interviews: Int
    /// Answers with at least one score.
    let answers: Int
    let reviewers: Int
    /// ICC(2,1): absolute agreement of single reviewers.
    let single: Measure
    /// ICC(2,k): absolute agreement of the mean of all these reviewers.
    let average: Measure
    /// Krippendorff's ordinal alpha: scores may be missing.
    let alpha: Measure
    /// How many answers to plan for.
    let plan: Plan
    /// Cohen's kappa with quadratic weights, for each pair of reviewers.
    let pairs: [Pair]
    let severity: [ReviewerSeverity]

    struct Measure: Codable {
        let value: Double?
        /// Of 95 % confidence; null where there is none, and where the measure has none.
        let interval: ConfidenceInterval?
        /// Answers that count.
        let answers: Int
        /// Answers left out because a score is missing.
        let leftOut: Int
        /// Why there is no value; null when there is one.
        let reason: String?

        init(_ value: Double?, interval: ConfidenceInterval? = nil, answers: Int, leftOut: Int) {
            self.value = value
            self.interval = interval
            self.answers = answers
            self.leftOut = leftOut
            reason = value == nil ? Agreement.notEnough : nil
        }
    }

    struct Plan: Codable {
        /// The ICC(2,1) that is supposed: that of interviewers in a panel (Huffcutt, Culbertson and
        /// Weyhrauch 2013, Int. J. Sel. Assess. 21:264).
        let correlation: Double
        /// How wide the 95 % interval of ICC(2,1) may be, from limit to limit.
        let width: Double
        let reviewers: Int
        /// The least number of answers for that, planned before there are scores.
        let planned: Int?
        /// The least number if scores go on to vary as they did; null where that cannot be told,
        /// or no number of answers would do.
        let needed: Int?
    }

    struct Pair: Codable {
        let first: Person
        let second: Person
        let kappa: Measure
    }

    struct ReviewerSeverity: Codable {
        let reviewer: Person
        /// Answers that another reviewer scored too; only these count.
        let answers: Int
        /// The reviewer's score less the others' mean: below 0 severe, above 0 lenient.
        let difference: Double?
        let standardError: Double?
        let reason: String?
    }

    private static let notEnough = "not enough data"
    private static let supposed = (correlation: 0.74, width: 0.3)

    /// - Parameter people: one for each column of the ratings.
    public init(of ratings: Ratings, by people: [Person], interviews: Int) {
        self.interviews = interviews
        answers = ratings.rows.count
        reviewers = people.count
        let correlations = IntraclassCorrelations(of: ratings)
        func measure(_ coefficient: Coefficient?) -> Measure {
            Measure(
                coefficient?.value, interval: coefficient?.interval, answers: correlations.subjects,
                leftOut: correlations.leftOut)
        }
        single = measure(correlations.single)
        average = measure(correlations.average)
        let ordinal = KrippendorffAlpha(of: ratings)
        alpha = Measure(ordinal.value, answers: ordinal.subjects, leftOut: ratings.rows.count - ordinal.subjects)
        plan = Self.plan(for: ratings, reviewers: max(2, people.count))
        pairs = people.indices.flatMap { first in
            people.indices.dropFirst(first + 1).map { second in
                let kappa = WeightedKappa(of: ratings, between: first, and: second)
                return Pair(
                    first: people[first], second: people[second],
                    kappa: Measure(kappa.value, answers: kappa.subjects, leftOut: ratings.rows.count - kappa.subjects))
            }
        }
        severity = zip(people, Severity.ofEach(in: ratings)).map { reviewer, severity in
            ReviewerSeverity(
                reviewer: reviewer, answers: severity.subjects, difference: severity.difference,
                standardError: severity.standardError, reason: severity.difference == nil ? Self.notEnough : nil)
        }
    }

    private static func plan(for ratings: Ratings, reviewers: Int) -> Plan {
        Plan(
            correlation: supposed.correlation, width: supposed.width, reviewers: reviewers,
            planned: SampleSize.planned(correlation: supposed.correlation, raters: reviewers, width: supposed.width),
            needed: SampleSize.needed(for: ratings, width: supposed.width))
    }
}
