import Assessments
import Endpoint
import Identity
import Postgres
import Validation

/// An assessment with its questions, their rubrics and what could be better about them.
@main struct ShowAssessment: Endpoint {
    static let route = Route.get("/api/assessments/{id}")
    static let access = Access.recruiter
    static let summary = "An assessment with its questions and findings about them"
    static let failures: [Failure.Code] = [.notFound]

    /// The times are those of an interview that is being configured: findings depend on them.
    struct Input: Decodable {
        let id: Identifier
        let thinkTimeSeconds: Whole<0, 120>?
        let timeLimitSeconds: Whole<30, 600>?
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> AssessmentRecord {
        let timing = Timing(
            thinkTimeSeconds: input.thinkTimeSeconds?.value, timeLimitSeconds: input.timeLimitSeconds?.value)
        return try AssessmentRecord.read(input.id, timing: timing, caller.database)
    }
}
