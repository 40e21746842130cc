import Glibc

/// Fisher's F distribution.
enum FDistribution {
    /// The value that a variable with these degrees of freedom stays below with the probability.
    ///
    /// With t = ln(d₁F/d₂) the distribution is I_x(d₁/2, d₂/2) at x = 1/(1 + e⁻ᵗ) (NIST DLMF 8.17),
    /// where I is the regularised incomplete beta function. Newton's method finds t, a bisection of
    /// the bracket takes over where a step would leave it: both tails keep their full precision.
    ///
    /// - Parameter degrees: above 0; they need not be whole.
    /// - Returns: nil unless 0 < probability < 1 and the degrees of freedom are above 0 and finite.
    static func quantile(_ probability: Double, degrees d1: Double, _ d2: Double) -> Double? {
        guard probability > 0, probability < 1, d1 > 0, d2 > 0, d1.isFinite, d2.isFinite else { return nil }
        let beta = IncompleteBeta(d1 / 2, d2 / 2)
        var bracket = (low: -700.0, high: 700.0)
        var t = log(d1 / d2)
        for _ in 0..<200 {
            let x = 1 / (1 + exp(-t))
            let complement = 1 / (1 + exp(t))
            let excess = beta.regularized(x, complement: complement) - probability
            if excess == 0 { break }
            if excess > 0 { bracket.high = t } else { bracket.low = t }
            // dI/dt = I'(x)·x(1 − x)
            var next = t - excess / beta.kernel(x, complement: complement)
            if !(next > bracket.low && next < bracket.high) { next = (bracket.low + bracket.high) / 2 }
            let step = abs(next - t)
            t = next
            if step < 1e-12 * (1 + abs(t)) { break }
        }
        return exp(t) * d2 / d1
    }
}

/// The regularised incomplete beta function I_x(a, b).
struct IncompleteBeta {
    private let a: Double
    private let b: Double
    /// ln B(a, b)
    private let logBeta: Double

    /// - Parameters: both above 0.
    init(_ a: Double, _ b: Double) {
        self.init(a, b, logBeta: lgamma(a).0 + lgamma(b).0 - lgamma(a + b).0)
    }

    private init(_ a: Double, _ b: Double, logBeta: Double) {
        self.a = a
        self.b = b
        self.logBeta = logBeta
    }

    /// xᵃ(1 − x)ᵇ / B(a, b)
    func kernel(_ x: Double, complement: Double) -> Double {
        exp(a * log(x) + b * log(complement) - logBeta)
    }

    /// - Parameters:
    ///   - x: between 0 and 1.
    ///   - complement: 1 − x, given apart because the subtraction loses digits near 1.
    func regularized(_ x: Double, complement: Double) -> Double {
        if x <= 0 { return 0 }
        if complement <= 0 { return 1 }
        // The fraction converges fast below the mean; above it, I_x(a, b) = 1 − I_{1−x}(b, a).
        guard x <= (a + 1) / (a + b + 2) else {
            let mirrored = IncompleteBeta(b, a, logBeta: logBeta)
            return 1 - mirrored.kernel(complement, complement: x) / (b * mirrored.fraction(complement))
        }
        return kernel(x, complement: complement) / (a * fraction(x))
    }

    /// 1 + d₁/(1 + d₂/(1 + …)) of DLMF 8.17.22, evaluated forwards by the modified method of Lentz
    /// (Thompson and Barnett 1986, J. Comput. Phys. 64). It needs about √max(a, b) terms.
    private func fraction(_ x: Double) -> Double {
        let tiny = 1e-300
        var value = 1.0
        var numerators = 1.0
        var denominators = 0.0
        for index in 1...100_000 {
            let term = coefficient(index, x)
            denominators = 1 + term * denominators
            if abs(denominators) < tiny { denominators = tiny }
            denominators = 1 / denominators
            numerators = 1 + term / numerators
            if abs(numerators) < tiny { numerators = tiny }
            let change = numerators * denominators
            value *= change
            if abs(change - 1) < 4e-16 { break }
        }
        return value
    }

    private func coefficient(_ index: Int, _ x: Double) -> Double {
        let m = Double(index / 2)
        return index.isMultiple(of: 2)
            ? m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
            : -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
    }
}
