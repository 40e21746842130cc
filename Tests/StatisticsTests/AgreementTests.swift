import Testing

@testable import Statistics

/// Agreement of the published examples, and of ratings that do not tell.
@Suite struct AgreementTests {
    /// Shrout and Fleiss 1979, table 2: 6 subjects, 4 raters.
    static let shroutFleiss = Ratings([
        [9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7],
    ])

    /// Krippendorff 2011, section C: 4 raters, 12 subjects; the rows here are the subjects.
    private let krippendorff: Ratings = {
        let raters: [[Double?]] = [
            [1, 2, 3, 3, 2, 1, 4, 1, 2, nil, nil, nil],
            [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, nil, 3],
            [nil, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, nil],
            [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, nil],
        ]
        return Ratings((0..<12).map { subject in raters.map { $0[subject] } })
    }()

    private func rounded(_ value: Double?) -> Double? {
        value.map { ($0 * 10_000).rounded() / 10_000 }
    }

    @Test func intraclassCorrelationsOfShroutAndFleiss() throws {
        let correlations = IntraclassCorrelations(of: Self.shroutFleiss)
        #expect(correlations.subjects == 6)
        #expect(correlations.raters == 4)
        #expect(correlations.leftOut == 0)
        #expect(rounded(correlations.oneWay?.value) == 0.1657)
        #expect(rounded(correlations.single?.value) == 0.2898)
        #expect(rounded(correlations.average?.value) == 0.6201)
        #expect(rounded(correlations.consistency?.value) == 0.7148)
        // McGraw and Wong's limits, as the R packages psych and irr print them.
        let interval = try #require(correlations.single?.interval)
        #expect(abs(interval.lower - 0.0188) < 5e-5)
        #expect(abs(interval.upper - 0.7611) < 5e-5)
    }

    @Test(arguments: [(.nominal, 0.7434), (.ordinal, 0.8154), (.interval, 0.8491)] as [(KrippendorffAlpha.Level, Double)])
    func alphaOfKrippendorff(level: KrippendorffAlpha.Level, value: Double) {
        let alpha = KrippendorffAlpha(of: krippendorff, level: level)
        #expect(rounded(alpha.value) == value)
        #expect(alpha.subjects == 11)
        #expect(alpha.scores == 40)
    }

    /// 2 of 4 subjects are a level apart.
    @Test func kappaByHand() {
        let kappa = WeightedKappa(of: Ratings([[1, 1], [2, 3], [3, 4], [nil, 5], [3, 3], [4, nil]]), between: 0, and: 1)
        #expect(kappa.subjects == 4)
        // Means 2.25 and 2.75, variances 0.6875 and 1.1875.
        #expect(rounded(kappa.value) == rounded(1 - 0.5 / (0.6875 + 1.1875 + 0.25)))
    }

    @Test(arguments: [
        [],
        [[]],
        [[nil, nil], [nil, nil], [nil, nil]],
        [[3, 4, 5]],
        [[3], [4], [5]],
        [[3, nil], [4, nil], [5, nil]],
        [[3, nil], [nil, 4], [5, nil], [nil, 2]],
        [[3, 3], [3, 3], [3, 3]],
        [[0.1, 0.1, 0.1], [0.1, 0.1, 0.1], [0.1, 0.1, 0.1]],
        [[3, .nan], [.infinity, 4], [5, nil]],
    ] as [[[Double?]]])
    func notEnoughDataIsNeverZero(_ rows: [[Double?]]) {
        let ratings = Ratings(rows)
        let correlations = IntraclassCorrelations(of: ratings)
        #expect(correlations.single == nil)
        #expect(correlations.average == nil)
        #expect(correlations.oneWay == nil)
        #expect(correlations.consistency == nil)
        for level in KrippendorffAlpha.Level.allCases {
            #expect(KrippendorffAlpha(of: ratings, level: level).value == nil)
        }
        if ratings.raters >= 2 {
            #expect(WeightedKappa(of: ratings, between: 0, and: 1).value == nil)
        }
        #expect(SampleSize.needed(for: ratings, width: 0.2) == nil)
    }

    @Test func leavesOutIncompleteSubjectsAndIdleRaters() {
        let rows = Self.shroutFleiss.rows.map { $0 + [nil] } + [[7, nil, 3, 4], [nil, nil, nil, nil]]
        let correlations = IntraclassCorrelations(of: Ratings(rows))
        let complete = IntraclassCorrelations(of: Self.shroutFleiss)
        #expect(correlations.leftOut == 2)
        #expect(correlations.subjects == 6)
        #expect(correlations.raters == 4)
        #expect(correlations.single == complete.single)
        #expect(correlations.average == complete.average)
    }

    /// Equal scores differ by nothing but rounding, which must not pass for variance.
    @Test(arguments: [1, 0.1, 1e-3, 12_345.678])
    func perfectAgreementHasNoInterval(unit: Double) {
        let ratings = Ratings([1, 2, 4, 5, 5].map { level in Array(repeating: level * unit, count: 3) })
        let correlations = IntraclassCorrelations(of: ratings)
        let coefficients = [correlations.oneWay, correlations.single, correlations.average, correlations.consistency]
        #expect(coefficients == Array(repeating: Coefficient(1, nil), count: 4))
        #expect(KrippendorffAlpha(of: ratings).value == 1)
        #expect(WeightedKappa(of: ratings, between: 0, and: 2).value == 1)
        #expect(Severity.ofEach(in: ratings).map(\.difference) == [0, 0, 0])
    }

    /// All the same order, one rater always a level lower: consistent, not in agreement.
    @Test func severityLowersAgreementAndNotConsistency() throws {
        let ratings = Ratings([[5, 4], [4, 3], [3, 2], [2, 1]])
        let correlations = IntraclassCorrelations(of: ratings)
        #expect(correlations.consistency == Coefficient(1, nil))
        // MSR 10/3, MSC 2, MSE 0.
        let single = try #require(correlations.single)
        #expect(rounded(single.value) == rounded(10.0 / 13))
        let interval = try #require(single.interval)
        #expect(interval.lower > 0 && interval.lower < single.value)
        #expect(interval.upper > single.value && interval.upper < 1)
    }

    @Test func contradictionIsBelowZero() throws {
        let ratings = Ratings([[1, 5], [2, 4], [3, 3], [4, 2], [5, 2]])
        let single = try #require(IntraclassCorrelations(of: ratings).single)
        #expect(single.value < 0)
        let interval = try #require(single.interval)
        #expect(interval.lower < single.value && single.value < interval.upper)
        let alpha = try #require(KrippendorffAlpha(of: ratings).value)
        #expect(alpha < 0)
        let kappa = try #require(WeightedKappa(of: ratings, between: 0, and: 1).value)
        #expect(kappa < 0)
    }

    /// The estimates of the variances add up to less than 0: no share of it is a correlation.
    @Test func contradictionOfTwoSubjectsIsNotEnoughData() {
        let correlations = IntraclassCorrelations(of: Ratings([[1, 2], [2, 1]]))
        #expect(correlations.single == nil)
        #expect(correlations.average == nil)
        #expect(correlations.oneWay?.value == -1)
        #expect(correlations.consistency?.value == -1)
    }

    @Test func aRaterWhoNeverVariesHasNoKappa() {
        let ratings = Ratings([[3, 1], [3, 4], [3, 5]])
        #expect(WeightedKappa(of: ratings, between: 0, and: 1) == WeightedKappa(of: ratings, between: 1, and: 0))
        #expect(WeightedKappa(of: ratings, between: 0, and: 1).value == nil)
        #expect(WeightedKappa(of: ratings, between: 0, and: 1).subjects == 3)
    }

    /// The order of subjects and raters says nothing, ties or not.
    @Test func orderDoesNotMatter() throws {
        let shuffled = Ratings(krippendorff.rows.reversed().map { $0.reversed() })
        for level in KrippendorffAlpha.Level.allCases {
            #expect(rounded(KrippendorffAlpha(of: shuffled, level: level).value)
                == rounded(KrippendorffAlpha(of: krippendorff, level: level).value))
        }
        let one = try #require(IntraclassCorrelations(of: shuffled).single)
        let other = try #require(IntraclassCorrelations(of: krippendorff).single)
        #expect(abs(one.value - other.value) < 1e-12)
    }

    /// Only the order of the levels counts, not their distances.
    @Test func ordinalAlphaIgnoresTheScale() {
        let stretched = Ratings(krippendorff.rows.map { row in row.map { $0.map { $0 * $0 * $0 } } })
        #expect(KrippendorffAlpha(of: stretched).value == KrippendorffAlpha(of: krippendorff).value)
    }
}
