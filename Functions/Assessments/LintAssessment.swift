import Assessments
import Endpoint
import Identity
import Postgres
import Validation

/// Says what could be better about questions while they are being written. Nothing is stored.
@main struct LintAssessment: Endpoint {
    static let route = Route.post("/api/assessments/findings")
    static let access = Access.recruiter
    static let summary = "What could be better about questions that are being written"
    static let limits = Limits(body: 512 * 1024)

    /// The times are those of an interview, if it is known: findings depend on them.
    struct Input: Decodable {
        let questions: QuestionSketches
        let thinkTimeSeconds: Whole<0, 120>?
        let timeLimitSeconds: Whole<30, 600>?
    }

    struct Output: Codable {
        let findings: [Finding]
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> Output {
        // Callers are known with the first statement, and nothing else here asks the database.
        try caller.database.confirm()
        let timing = Timing(
            thinkTimeSeconds: input.thinkTimeSeconds?.value, timeLimitSeconds: input.timeLimitSeconds?.value)
        return Output(findings: Lint.findings(in: input.questions, timing: timing))
    }
}
