public import Models
import Speech

/// What a model is asked about an answer, and what its answers come to: however they are asked for, one after the other or
/// as part of a batch.
public struct RatingQuestion {
    /// How often the same is asked. Models answer differently from one time to the next; the spread says how far one
    /// answer could be trusted.
    public static let samples = 3
    /// With fewer there is nothing to compare, and the work is done again or without the model.
    private static let fewestSamples = 2

    public let prompt: Prompt
    private let answer: Answer
    private let observed: Insights
    private let shown: ShownText

    /// - Parameter name: the candidate's, which is taken out of what the model reads.
    /// - Precondition: there is no ``ModelAnalyst/obstacle(to:)``.
    public init(_ answer: Answer, withholding name: String) {
        self.answer = answer
        observed = OfflineAnalyst().analyze(answer)
        shown = ShownText(answer.transcript.text, flags: observed.flags, name: name)
        prompt = RatingPrompt.make(answer, shown: shown.text)
    }

    /// - Throws: the first failure, when too few of the answers can be used.
    public func insights(from answers: [Result<ModelAnswer, ModelFailure>]) throws(ModelFailure) -> Insights {
        let reader = AnswerReader(answer, flags: observed.flags)
        var read: [ReadSample] = []
        var failures: [ModelFailure] = []
        for answer in answers {
            switch answer {
            case .success(let given): read.append(reader.read(given))
            case .failure(let failure): failures.append(failure)
            }
        }
        guard read.count >= Self.fewestSamples else { throw failures.first ?? .unusable(detail: "no sample") }
        return combine(read, failures.map { Rating.Sample(failed: $0) })
    }

    private func combine(_ read: [ReadSample], _ failed: [Rating.Sample]) -> Insights {
        let samples = read.map(\.sample) + failed
        let score = Rating.median(of: samples)
        // What is shown is one sample as a whole: its reasons belong to its quotations.
        let best = read.filter { $0.sample.score == score }.max { $0.evidence.count < $1.evidence.count } ?? read[0]
        let rating = Rating(
            samples, passages: best.evidence.count, transcriptConfidence: answer.transcript.meanConfidence, withheldWords: shown.withheldWords)
        return Insights(
            suggestedScore: score, confidence: rating.confidenceFactors.product, starFormat: ReadSample.star(of: read),
            keyPhrases: best.keyPhrases.isEmpty ? observed.keyPhrases : best.keyPhrases, wordingTone: observed.wordingTone,
            competencySignals: best.signals, redFlags: observed.redFlags + best.redFlags,
            summary: best.summary.isEmpty ? observed.summary : best.summary, basis: basis(rating, score),
            evidence: best.evidence, rubricMatches: observed.rubricMatches, metrics: answer.metrics,
            engine: engine(read.compactMap(\.sample.origin), isWritten: answer.isWritten),
            transcriptQuality: answer.transcript.quality, rating: rating, flags: observed.flags)
    }

    private func basis(_ rating: Rating, _ score: Int?) -> String {
        let asked = rating.samples.count { $0.origin != nil }
        let dropped = rating.droppedQuotes
        let quotes = rating.quoteGroundingRate == nil ? "It quoted nothing."
            : dropped == 0 ? "All its quotations stand in the answer."
            : "\(dropped) of its quotations \(dropped == 1 ? "does" : "do") not stand in the answer and count\(dropped == 1 ? "s" : "") for nothing."
        guard score != nil, let lowest = rating.lowest, let highest = rating.highest else {
            return "Asked \(asked) times, the model found too little evidence for a score. \(quotes)"
        }
        let spread = lowest == highest ? "every score was \(lowest)" : "the scores went from \(lowest) to \(highest)"
        return "The middle of \(asked) ratings by the model against all levels of the rubric: \(spread). \(quotes)"
    }

    private func engine(_ origins: [Origin], isWritten: Bool) -> Engine {
        Engine(
            name: origins[0].provider, version: "\(RatingPrompt.name) \(RatingPrompt.version)", method: .model, model: origins[0].model,
            limits: [
                "A model can be wrong, and can favour some ways of speaking over others.",
                "It read the words only: not who said them, how, or what else they answered.",
                isWritten ? "A written answer has no pace and no pauses; their zeros mean nothing." : "Inherits every error of the transcript.",
            ])
    }
}

extension Rating.Sample {
    /// A sample that did not come about.
    fileprivate init(failed failure: ModelFailure) {
        self.init(score: nil, rationale: "", quotes: 0, dropped: 0, ownConfidence: nil, problem: failure.description, origin: nil)
    }
}

extension Transcript {
    /// 0 to 1; 0 without words.
    var meanConfidence: Double {
        words.isEmpty ? 0 : words.reduce(0) { $0 + $1.confidence } / Double(words.count)
    }
}
