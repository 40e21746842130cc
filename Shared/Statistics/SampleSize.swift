/// How many subjects it takes to know the agreement of raters well enough.
public enum SampleSize {
    /// The standard normal quantile of 97.5 %.
    private static let z = 1.959_963_984_540_054

    /// The number of subjects to plan for, before there are scores, so that the 95 % confidence
    /// interval of an intraclass correlation is about as narrow as wanted.
    ///
    /// n = 8z²(1−ρ)²(1+(k−1)ρ)² / (k(k−1)w²) + 1, and 5ρ more for k = 2 and ρ ≥ 0.7, rounded up
    /// (Bonett 2002, Stat. Med. 21:1331). It supposes raters of equal severity and is a few
    /// subjects off the exact number.
    ///
    /// - Parameters:
    ///   - correlation: the one expected, ρ, at least 0 and below 1.
    ///   - raters: k, at least 2.
    ///   - width: from limit to limit, w, above 0.
    /// - Returns: at least 2; nil when a parameter is out of its range.
    public static func planned(correlation: Double, raters: Int, width: Double) -> Int? {
        guard correlation >= 0, correlation < 1, raters >= 2, width > 0 else { return nil }
        let k = Double(raters)
        let spread = (1 - correlation) * (1 + (k - 1) * correlation) * z / width
        let correction = raters == 2 && correlation >= 0.7 ? 5 * correlation : 0
        return Int(exactly: (8 * spread * spread / (k * (k - 1)) + 1 + correction).rounded(.up)).map { max($0, 2) }
    }

    /// The most subjects that ``needed(for:width:)`` considers.
    public static let most = 10_000

    /// The least number of subjects with which the 95 % confidence interval of ICC(2,1) would be
    /// narrower than the width, if subjects, raters and residual went on to vary as they did.
    ///
    /// The variances are estimated from the mean squares (a negative estimate counts as 0), the
    /// mean squares of n subjects are those to be expected of them, and the interval is that of
    /// ``IntraclassCorrelations/single``. It narrows with each subject.
    ///
    /// - Parameter width: from limit to limit, above 0.
    /// - Returns: nil when there is not enough data, and when not even ``most`` subjects would do.
    ///   The latter is usual with few raters of different severity: then only more raters help.
    public static func needed(for ratings: Ratings, width: Double) -> Int? {
        guard let observed = MeanSquares(ratings.completeCases.rows) else { return nil }
        func isNarrower(_ subjects: Int) -> Bool {
            guard let interval = observed.projected(to: subjects).single?.interval else { return false }
            return interval.width < width
        }
        guard isNarrower(most) else { return nil }
        var (tooFew, enough) = (1, most)
        while enough - tooFew > 1 {
            let middle = (tooFew + enough) / 2
            if isNarrower(middle) { enough = middle } else { tooFew = middle }
        }
        return enough
    }
}

extension MeanSquares {
    /// What to expect of another number of subjects scored by as many raters.
    fileprivate func projected(to count: Int) -> MeanSquares {
        MeanSquares(
            subjects: Double(count), raters: raters,
            subjectVariance: max(0, (rows - residual) / raters),
            raterVariance: max(0, (columns - residual) / subjects), residual: residual)
    }
}
