public import Models
import Speech

/// Has a model rate an answer three times, and believes only what it can show: quotations that are in the answer.
/// What is measured and observed besides comes from the same rules as without a model.
public struct ModelAnalyst: Analyst {
    /// How often the same is asked. Models answer differently from one time to the next; the spread says how far one
    /// answer could be trusted.
    static let samples = 3
    /// With fewer there is nothing to compare, and the work is done again or without the model.
    static let fewestSamples = 2
    /// Words; what is shorter cannot show a competency.
    static let shortest = 10

    private let model: any LanguageModel
    private let name: String

    /// - Parameter name: the candidate's, which is taken out of what the model reads.
    public init(_ model: any LanguageModel, withholding name: String) {
        self.model = model
        self.name = name
    }

    /// Why no model may rate this answer, in a sentence; nil when one may.
    public static func obstacle(to answer: Answer) -> String? {
        if answer.transcript.quality == .draft { return "The transcript is a draft, and no model is asked to rate what may not have been said." }
        if let problem = answer.transcript.problem { return "The transcript is doubted, so no model is asked to rate it: \(problem.message)" }
        if answer.rubric.count < 2 { return "The question has no rubric to rate against." }
        let flags = InjectionScan(answer.transcript.text).flags
        let withheld = ShownText(answer.transcript.text, flags: flags, name: "").withheldWords
        let words = answer.transcript.words.count
        if words - withheld < shortest { return "The answer is too short to rate." }
        if 2 * withheld > words { return "Most of the answer reads like instructions to whoever rates it, so no model was asked. Please judge it yourself." }
        return nil
    }

    /// - Precondition: there is no ``obstacle(to:)``.
    public func analyze(_ answer: Answer) throws(ModelFailure) -> Insights {
        let observed = OfflineAnalyst().analyze(answer)
        let shown = ShownText(answer.transcript.text, flags: observed.flags, name: name)
        let prompt = RatingPrompt.make(answer, shown: shown.text)
        let reader = AnswerReader(answer, flags: observed.flags)
        var read: [ReadSample] = []
        var failures: [(failure: ModelFailure, sample: Rating.Sample)] = []
        for _ in 0..<Self.samples {
            do {
                read.append(reader.read(try model.answer(prompt)))
            } catch {
                failures.append((error, Rating.Sample(failed: error)))
                // Another asking cannot help, unless the model only declined or made a mess of it.
                if error != .refused, !error.isUnusable { break }
            }
        }
        guard read.count >= Self.fewestSamples else { throw failures.first?.failure ?? .unusable(detail: "no sample") }
        return combine(read, failures.map(\.sample), shown, answer, observed)
    }

    private func combine(
        _ read: [ReadSample], _ failed: [Rating.Sample], _ shown: ShownText, _ answer: Answer, _ observed: Insights
    ) -> Insights {
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

extension ModelFailure {
    fileprivate var isUnusable: Bool { if case .unusable = self { true } else { false } }
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
