import Testing

@testable import Statistics

@Suite struct SeverityTests {
    @Test func comparesWithTheMeanOfTheOthers() throws {
        let severities = Severity.ofEach(in: Ratings([[2, 4, 5], [1, 3, nil], [nil, nil, 4], [3, 3, nil]]))
        // −2.5, −2 and 0
        #expect(severities[0].subjects == 3)
        #expect(severities[0].difference == -1.5)
        let error = try #require(severities[0].standardError)
        #expect(abs(error - (3.5 / 2 / 3).squareRoot()) < 1e-12)
        // 0.5, 2 and 0
        #expect(severities[1].subjects == 3)
        let lenient = try #require(severities[1].difference)
        #expect(abs(lenient - 2.5 / 3) < 1e-12)
        #expect(severities[2] == Severity.ofEach(in: Ratings([[2, 4, 5]]))[2])
    }

    @Test func oneSubjectIsNotEnough() {
        let severity = Severity.ofEach(in: Ratings([[2, 4], [nil, 5]]))[0]
        #expect(severity.subjects == 1)
        #expect(severity.difference == nil)
        #expect(severity.standardError == nil)
    }

    @Test(arguments: [[], [[3], [4]], [[nil, nil], [nil, nil]], [[3, nil], [nil, 4]]] as [[[Double?]]])
    func nobodyToCompareWith(_ rows: [[Double?]]) {
        let ratings = Ratings(rows)
        let severities = Severity.ofEach(in: ratings)
        #expect(severities.count == ratings.raters)
        #expect(severities.allSatisfy { $0.subjects == 0 && $0.difference == nil && $0.standardError == nil })
    }

    @Test func twoRatersAreOpposite() throws {
        let severities = Severity.ofEach(in: Ratings([[2, 4], [3, 3], [1, 5]]))
        #expect(severities.map(\.difference) == [-2, 2])
        #expect(severities[0].standardError == severities[1].standardError)
    }
}

@Suite struct CombinedScoreTests {
    private func combine(_ parts: [(score: Double?, weight: Double)]) -> CombinedScore? {
        CombinedScore(parts.map { .init(score: $0.score, weight: $0.weight) })
    }

    @Test func weighs() throws {
        let combined = try #require(combine([(5, 1), (3, 2), (1, 1)]))
        #expect(combined.score == 3)
        #expect(combined.coveredWeight == 1)
    }

    @Test func missingScoresGiveTheirWeightToTheOthers() throws {
        let combined = try #require(combine([(5, 1), (nil, 2), (1, 3), (.nan, 2)]))
        #expect(combined.score == 2)
        #expect(combined.coveredWeight == 0.5)
    }

    @Test func partsWithoutWeightDoNotCount() throws {
        let combined = try #require(combine([(4, 2), (1, 0), (1, -3), (1, .nan), (1, .infinity)]))
        #expect(combined.score == 4)
        #expect(combined.coveredWeight == 1)
    }

    @Test(arguments: [[], [(nil, 1), (nil, 2)], [(5, 0)], [(5, -1), (nil, 1)], [(.infinity, 1)]] as [[(Double?, Double)]])
    func nothingIsNotZero(_ parts: [(Double?, Double)]) {
        #expect(CombinedScore(parts.map { .init(score: $0.0, weight: $0.1) }) == nil)
    }
}
