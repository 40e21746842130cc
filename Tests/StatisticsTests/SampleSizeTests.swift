import Testing

@testable import Statistics

@Suite struct SampleSizeTests {
    /// The first is 51 without and 55 with the correction for two raters, as calculators after Bonett give it.
    @Test(arguments: [(0.8, 2, 0.2, 55), (0.6, 2, 0.2, 159), (0.7, 3, 0.2, 68), (0.9, 5, 0.1, 34)])
    func bonett(correlation: Double, raters: Int, width: Double, subjects: Int) {
        #expect(SampleSize.planned(correlation: correlation, raters: raters, width: width) == subjects)
    }

    @Test(arguments: [(-0.1, 2, 0.2), (1, 2, 0.2), (0.5, 1, 0.2), (0.5, 2, 0), (.nan, 2, 0.2), (0.5, 2, .nan), (0.5, 2, 1e-30)])
    func nothingToPlan(correlation: Double, raters: Int, width: Double) {
        #expect(SampleSize.planned(correlation: correlation, raters: raters, width: width) == nil)
    }

    /// Raters whose means are all 3, so that severity needs no more subjects than the plan has.
    private let evenRaters = Ratings([[1, 1, 2], [2, 1, 1], [3, 4, 3], [5, 4, 4], [4, 5, 5]])

    @Test func evenRatersNeedAboutTheNumberPlanned() throws {
        let correlation = try #require(IntraclassCorrelations(of: evenRaters).consistency?.value)
        for width in [0.1, 0.2, 0.3] {
            let needed = try #require(SampleSize.needed(for: evenRaters, width: width))
            let planned = try #require(SampleSize.planned(correlation: correlation, raters: 3, width: width))
            #expect(abs(needed - planned) <= 2, "\(needed), \(planned)")
        }
    }

    @Test func aNarrowerIntervalNeedsMoreSubjects() throws {
        let widths = [0.8, 0.5, 0.3, 0.2, 0.1, 0.05]
        let needed = try widths.map { try #require(SampleSize.needed(for: evenRaters, width: $0)) }
        #expect(needed == needed.sorted())
        #expect(Set(needed).count == widths.count)
    }

    /// With four raters as far apart as these, the severity of a further one remains unknown.
    @Test func noNumberOfSubjectsMakesUpForFewRatersOfDifferentSeverity() {
        #expect(SampleSize.needed(for: AgreementTests.shroutFleiss, width: 0.2) == nil)
        #expect(SampleSize.needed(for: AgreementTests.shroutFleiss, width: 0.74) != nil)
    }

    @Test(arguments: [0, -1, .nan] as [Double])
    func noWidthNoNumber(width: Double) {
        #expect(SampleSize.needed(for: evenRaters, width: width) == nil)
    }
}
