public import Models
import Speech

/// Has a model rate an answer three times, and believes only what it can show: quotations that are in the answer.
/// What is measured and observed besides comes from the same rules as without a model.
public struct ModelAnalyst: Analyst {
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
        let question = RatingQuestion(answer, withholding: name)
        var answers: [Result<ModelAnswer, ModelFailure>] = []
        for _ in 0..<RatingQuestion.samples {
            do throws(ModelFailure) {
                answers.append(.success(try model.answer(question.prompt)))
            } catch {
                answers.append(.failure(error))
                // Another asking cannot help, unless the model only declined or made a mess of it.
                if error != .refused, !error.isUnusable { break }
            }
        }
        return try question.insights(from: answers)
    }
}

extension ModelFailure {
    fileprivate var isUnusable: Bool { if case .unusable = self { true } else { false } }
}
