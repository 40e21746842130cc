import Endpoint
import Events
import Identity
import Interviews
import JSON
import Postgres
import Validation

/// Has an interview's answers analysed once more, or one of them: after an engine was chosen, or when one had failed.
/// Earlier results are kept.
@main struct AnalyzeInterview: Endpoint {
    static let route = Route.post("/api/async-interviews/{id}/analyze")
    static let access = Access.recruiter
    static let summary = "Have answers analysed once more"
    static let failures: [Failure.Code] = [.notFound, .conflict, .rateLimited]

    struct Input: Decodable {
        let id: Identifier
        /// One answer's; without it, all.
        let questionId: Identifier?
    }

    struct Output: Codable {
        let requested: [RequestedAnalysis]
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> Output {
        try caller.database.transaction { transaction throws(Failure) in
            let answers = try AnswerToAnalyze.ready(of: input.id, to: input.questionId, transaction)
            return Output(requested: try answers.map { answer throws(Failure) in try request(answer, transaction) })
        }
    }

    private func request(_ answer: AnswerToAnalyze, _ transaction: Transaction) throws(Failure) -> RequestedAnalysis {
        let requested = try answer.request(transaction)
        transaction.emit(
            .analysisRequested,
            ["videoResponseId": .string(answer.id.description), "requestId": .string(requested.requestId.description)])
        return requested
    }
}
