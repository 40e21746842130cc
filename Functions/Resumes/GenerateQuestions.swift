import Endpoint
import Identity
import Models
import Postgres
import ResumeRecords
import Validation

/// Writes one question for each competency of an assessment that asks about something in a candidate's resume.
@main struct GenerateQuestions: Endpoint {
    static let route = Route.post("/api/resume/{candidateId}/generate-questions")
    static let access = Access.recruiter
    static let summary = "Write questions that are about one candidate's resume"
    static let failures: [Failure.Code] = [.notFound, .conflict]
    static let limits = Limits(workers: 4)

    struct Input: Decodable {
        let candidateId: Identifier
        let assessmentId: Identifier
    }

    let engines: Engines

    init(_ environment: Environment) throws(Failure) { engines = try Engines(environment) }

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> TailoredQuestions {
        let session = caller.database
        // Under an Idempotency-Key all this is one transaction, which a model may interrupt for a while.
        try session.execute("SET LOCAL idle_in_transaction_session_timeout = '5min'")
        let basis = try QuestionBasis.read(of: input.candidateId, for: input.assessmentId, session)
        let questions = basis.questions(by: try engines.languageModel(for: .questions, about: input.candidateId, of: session))
        try basis.save(questions, session)
        return questions
    }
}
