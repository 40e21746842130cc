import FoundationEssentials
import POSIX
import Testing

@testable import Statistics

/// Against pingouin, krippendorff, scikit-learn and scipy, as recorded by reference.py.
@Suite struct ReferenceTests {
    private struct Reference: Decodable {
        let quantiles: [Quantile]
        let matrices: [Matrix]
    }

    private struct Quantile: Decodable {
        let probability: Double
        let degrees: [Double]
        let value: Double
    }

    private struct Matrix: Decodable {
        let seed: Int
        let rows: [[Double?]]
        /// null where pingouin refuses so few scores.
        let intraclass: Intraclass?
        let alpha: [String: Double?]
        /// null where the scores are no levels.
        let kappa: WeightedKappa?
        let severities: [Severity]

        var ratings: Ratings { Ratings(rows) }
    }

    private struct Intraclass: Decodable {
        let subjects: Int
        let leftOut: Int
        let raters: Int
        let oneWay: Estimate?
        let single: Estimate?
        let average: Estimate?
        let consistency: Estimate?
    }

    private struct Estimate: Decodable {
        let value: Double
        let interval: [Double]?
    }

    private let reference: Reference

    init() throws {
        let path = String(#filePath.dropLast("ReferenceTests.swift".count)) + "reference.json"
        reference = try JSONDecoder().decode(Reference.self, from: Data(File.read(path)))
    }

    /// nil agrees only with nil.
    private func agree(_ ours: Double?, _ theirs: Double?, within tolerance: Double = 1e-6) -> Bool {
        guard let ours, let theirs else { return ours == nil && theirs == nil }
        return abs(ours - theirs) <= tolerance
    }

    private func agree(_ ours: Coefficient?, _ theirs: Estimate?) -> Bool {
        agree(ours?.value, theirs?.value)
            && agree(ours?.interval?.lower, theirs?.interval?[0], within: 1e-4)
            && agree(ours?.interval?.upper, theirs?.interval?[1], within: 1e-4)
    }

    @Test func coversManyMatrices() {
        let compared = reference.matrices.compactMap(\.intraclass)
        #expect(compared.count { $0.single?.interval != nil } >= 50)
        #expect(compared.count { $0.leftOut > 0 } >= 30)
        #expect(reference.matrices.count { $0.kappa?.value != nil } >= 40)
        #expect(reference.matrices.count { $0.rows.joined().contains(nil) } >= 40)
    }

    @Test func quantilesOfF() throws {
        for expected in reference.quantiles {
            let value = try #require(
                FDistribution.quantile(expected.probability, degrees: expected.degrees[0], expected.degrees[1]))
            #expect(abs(value / expected.value - 1) < 1e-9, "\(expected)")
        }
    }

    @Test func intraclassCorrelations() {
        for matrix in reference.matrices {
            guard let expected = matrix.intraclass else { continue }
            let correlations = IntraclassCorrelations(of: matrix.ratings)
            #expect(correlations.subjects == expected.subjects)
            #expect(correlations.leftOut == expected.leftOut)
            #expect(correlations.raters == expected.raters)
            #expect(agree(correlations.oneWay, expected.oneWay), "seed \(matrix.seed)")
            #expect(agree(correlations.single, expected.single), "seed \(matrix.seed)")
            #expect(agree(correlations.average, expected.average), "seed \(matrix.seed)")
            #expect(agree(correlations.consistency, expected.consistency), "seed \(matrix.seed)")
        }
    }

    @Test(arguments: KrippendorffAlpha.Level.allCases)
    func alpha(level: KrippendorffAlpha.Level) throws {
        for matrix in reference.matrices {
            let expected = try #require(matrix.alpha[level.rawValue])
            let alpha = KrippendorffAlpha(of: matrix.ratings, level: level)
            #expect(agree(alpha.value, expected), "seed \(matrix.seed)")
        }
    }

    @Test func kappa() {
        for matrix in reference.matrices {
            guard let expected = matrix.kappa else { continue }
            let kappa = WeightedKappa(of: matrix.ratings, between: 0, and: 1)
            #expect(kappa.subjects == expected.subjects)
            #expect(agree(kappa.value, expected.value), "seed \(matrix.seed)")
        }
    }

    @Test func severities() {
        for matrix in reference.matrices {
            let severities = Severity.ofEach(in: matrix.ratings)
            #expect(severities.map(\.subjects) == matrix.severities.map(\.subjects))
            for (ours, theirs) in zip(severities, matrix.severities) {
                #expect(agree(ours.difference, theirs.difference), "seed \(matrix.seed)")
                #expect(agree(ours.standardError, theirs.standardError), "seed \(matrix.seed)")
            }
        }
    }
}
