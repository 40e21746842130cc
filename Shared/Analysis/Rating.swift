public import Models

/// How a model rated an answer: what each sample said, and what they come to.
public struct Rating: Codable, Sendable, Equatable {
    /// One asking of the model. All samples are asked the same.
    public struct Sample: Codable, Sendable, Equatable {
        /// A level of the rubric; null for insufficient evidence.
        public let score: Int?
        public let rationale: String
        /// Quotations that were found in the answer.
        public let quotes: Int
        /// Quotations that were not, and so count for nothing.
        public let dropped: Int
        /// The model's own word for how sure it is. It is recorded, and used for nothing.
        public let ownConfidence: String?
        /// Why the sample has no score, when it is not what the model said; null otherwise.
        public let problem: String?
        /// Null when no answer came.
        public let origin: Origin?
    }

    public let samples: [Sample]
    /// Of the samples' scores; null without any.
    public let lowest: Int?
    public let highest: Int?
    /// Whether the samples' scores are two levels or more apart, or only some samples found enough evidence for a score.
    public let lowAgreement: Bool
    /// The share of all samples' quotations that were found in the answer; null when there was none.
    public let quoteGroundingRate: Double?
    public let droppedQuotes: Int
    /// Words that the model was not shown because they speak to the rater.
    public let withheldWords: Int
    /// What the confidence is the product of.
    public let confidenceFactors: ConfidenceFactors

    public struct ConfidenceFactors: Codable, Sendable, Equatable {
        /// 1 less a quarter for each level between the lowest and the highest score, times the share of samples that agree
        /// on whether there can be a score.
        public let agreement: Double
        /// The mean of the words' confidence; 1 for what was written.
        public let transcript: Double
        /// A third for each passage of evidence, up to 1; 1 where there is no score.
        public let evidence: Double

        public var product: Double { (agreement * transcript * evidence * 100).rounded() / 100 }
    }

    /// The middle one of the samples' scores, of two the lower; nil unless most samples have one.
    static func median(of samples: [Sample]) -> Int? {
        let answered = samples.filter { $0.origin != nil }
        let scores = answered.compactMap(\.score).sorted()
        return 2 * scores.count > answered.count ? scores[(scores.count - 1) / 2] : nil
    }

    init(_ samples: [Sample], passages: Int, transcriptConfidence: Double, withheldWords: Int) {
        let answered = samples.filter { $0.origin != nil }
        let scores = answered.compactMap(\.score)
        let hasScore = Rating.median(of: samples) != nil
        self.samples = samples
        self.withheldWords = withheldWords
        lowest = scores.min()
        highest = scores.max()
        let range = zip(scores.min(), scores.max()).map { $1 - $0 } ?? 0
        lowAgreement = range >= 2 || (!scores.isEmpty && scores.count < answered.count)
        droppedQuotes = samples.reduce(0) { $0 + $1.dropped }
        let found = samples.reduce(0) { $0 + $1.quotes }
        quoteGroundingRate = found + droppedQuotes == 0 ? nil : (Double(found) / Double(found + droppedQuotes) * 1000).rounded() / 1000
        let agreeing = Double(hasScore ? scores.count : answered.count - scores.count) / Double(max(1, answered.count))
        confidenceFactors = ConfidenceFactors(
            agreement: (hasScore ? 1 - Double(range) / 4 : 1) * agreeing, transcript: transcriptConfidence,
            evidence: hasScore ? min(1, Double(passages) / 3) : 1)
    }
}

/// Both, or nil.
private func zip(_ first: Int?, _ second: Int?) -> (Int, Int)? { first.flatMap { first in second.map { (first, $0) } } }
