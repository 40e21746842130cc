/// The two-way analysis of variance of n subjects scored by all k raters, one score per cell,
/// and the intraclass correlations that follow from it (Shrout and Fleiss 1979; intervals of
/// McGraw and Wong 1996, table 7, where ICC(2,·) is called ICC(A,·) and ICC(3,·) ICC(C,·)).
struct MeanSquares {
    let subjects: Double
    let raters: Double
    /// MSR, between subjects.
    let rows: Double
    /// MSC, between raters.
    let columns: Double
    /// MSE, what is left.
    let residual: Double

    private var n: Double { subjects }
    private var k: Double { raters }

    /// MSW, within subjects: raters and residual together.
    private var within: Double { (columns + (n - 1) * residual) / n }

    /// The mean squares to expect of subjects and raters whose effects have these variances.
    init(subjects: Double, raters: Double, subjectVariance: Double, raterVariance: Double, residual: Double) {
        self.subjects = subjects
        self.raters = raters
        self.residual = residual
        rows = residual + raters * subjectVariance
        columns = residual + subjects * raterVariance
    }

    /// - Parameter scores: rows of equal length.
    /// - Returns: nil for fewer than 2 subjects or 2 raters, or when all scores are equal.
    init?(_ scores: [[Double]]) {
        guard let first = scores.first, let origin = first.first, scores.count >= 2, first.count >= 2 else { return nil }
        subjects = Double(scores.count)
        raters = Double(first.count)
        // Measured from the first score, equal scores are exactly 0.
        let scores = scores.map { row in row.map { $0 - origin } }
        let rowMeans = scores.map { $0.reduce(0, +) / Double($0.count) }
        let columnMeans = first.indices.map { column in scores.reduce(0) { $0 + $1[column] } / Double(scores.count) }
        let mean = rowMeans.reduce(0, +) / subjects

        let total = scores.joined().reduce(0) { $0 + squared($1 - mean) }
        guard total > 0 else { return nil }
        let residuals = zip(scores, rowMeans).flatMap { row, rowMean in
            zip(row, columnMeans).map { squared($0 - rowMean - $1 + mean) }
        }
        // What only rounding left behind is no variance.
        func sum(_ squares: [Double]) -> Double {
            let sum = squares.reduce(0, +)
            return sum > total * 1e-24 ? sum : 0
        }
        rows = sum(rowMeans.map { squared($0 - mean) }) * raters / (subjects - 1)
        columns = sum(columnMeans.map { squared($0 - mean) }) * subjects / (raters - 1)
        residual = sum(residuals) / ((subjects - 1) * (raters - 1))
    }

    /// ICC(1,1) = (MSR − MSW) / (MSR + (k−1)MSW)
    var oneWay: Coefficient? {
        share(rows - within, of: rows + (k - 1) * within).map {
            Coefficient($0, interval(error: within, degrees: n * (k - 1)))
        }
    }

    /// ICC(3,1) = (MSR − MSE) / (MSR + (k−1)MSE)
    var consistency: Coefficient? {
        share(rows - residual, of: rows + (k - 1) * residual).map {
            Coefficient($0, interval(error: residual, degrees: (n - 1) * (k - 1)))
        }
    }

    /// ICC(2,1) = (MSR − MSE) / (MSR + (k−1)MSE + k(MSC − MSE)/n)
    var single: Coefficient? {
        share(rows - residual, of: rows + (k - 1) * residual + k * (columns - residual) / n).map { value in
            Coefficient(value, interval(of: value) { f in
                share(n * (rows - f * residual), of: n * rows + f * (k * columns + (k * n - k - n) * residual))
            })
        }
    }

    /// ICC(2,k) = (MSR − MSE) / (MSR + (MSC − MSE)/n)
    var average: Coefficient? {
        guard let single, let value = share(rows - residual, of: rows + (columns - residual) / n) else { return nil }
        return Coefficient(value, interval(of: single.value) { f in
            share(n * (rows - f * residual), of: n * rows + f * (columns - residual))
        })
    }

    /// An intraclass correlation is a share of the total variance; nil when the estimate of the
    /// total is not above 0, which happens with few subjects on which the raters contradict each other.
    private func share(_ part: Double, of total: Double) -> Double? {
        total > 0 ? part / total : nil
    }

    /// The exact limits of a correlation that sets only one kind of error against the subjects.
    private func interval(error: Double, degrees: Double) -> ConfidenceInterval? {
        guard error > 0 else { return nil }
        return interval(degrees) { f in share(rows - f * error, of: rows + (k - 1) * f * error) }
    }

    /// The limits of ICC(2,·): the error mixes raters and residual, and so its degrees of freedom
    /// are those of Satterthwaite, found with the estimate of ICC(2,1).
    private func interval(of single: Double, _ limit: (_ f: Double) -> Double?) -> ConfidenceInterval? {
        let a = k * single * columns
        let b = (n * (1 + (k - 1) * single) - k * single) * residual
        return interval(squared(a + b) / (a * a / (k - 1) + b * b / ((n - 1) * (k - 1))), limit)
    }

    /// - Parameters:
    ///   - degrees: of freedom of the error.
    ///   - limit: the correlation if the ratio of variances were lower by the factor f.
    private func interval(_ degrees: Double, _ limit: (_ f: Double) -> Double?) -> ConfidenceInterval? {
        guard let f = FDistribution.quantile(0.975, degrees: n - 1, degrees),
            let inverse = FDistribution.quantile(0.975, degrees: degrees, n - 1),
            let lower = limit(f), let upper = limit(1 / inverse)
        else { return nil }
        return ConfidenceInterval(lower: lower, upper: upper)
    }
}

func squared(_ value: Double) -> Double { value * value }
