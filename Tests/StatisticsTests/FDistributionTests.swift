import Glibc
import Testing

@testable import Statistics

/// Where the quantile has a closed form, and where there is none.
@Suite struct FDistributionTests {
    @Test(arguments: [0.001, 0.025, 0.5, 0.975, 0.999])
    func twoAndTwoDegreesAreTheOdds(probability: Double) throws {
        let quantile = try #require(FDistribution.quantile(probability, degrees: 2, 2))
        #expect(abs(quantile / (probability / (1 - probability)) - 1) < 1e-12)
    }

    /// x = p^(2/d) at d and 2 degrees of freedom, and F = (2/d)·x/(1 − x), however extreme.
    @Test(arguments: [0.05, 0.4, 1, 7.5, 1e6])
    func twoDegreesBelow(degrees: Double) throws {
        let x = pow(0.025, 2 / degrees)
        let quantile = try #require(FDistribution.quantile(0.025, degrees: degrees, 2))
        #expect(abs(quantile / (2 / degrees * x / (1 - x)) - 1) < 1e-7)
    }

    @Test(arguments: [(0, 1, 1), (1, 1, 1), (.nan, 1, 1), (0.5, 0, 1), (0.5, 1, -1), (0.5, .nan, 1), (0.5, 1, .infinity)] as [(Double, Double, Double)])
    func noQuantile(probability: Double, first: Double, second: Double) {
        #expect(FDistribution.quantile(probability, degrees: first, second) == nil)
    }
}
