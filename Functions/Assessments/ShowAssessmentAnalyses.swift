import Assessments
import Endpoint
import Identity
import Validation

/// How many of an assessment's answers can be analysed once more, and what became of those that were.
@main struct ShowAssessmentAnalyses: Endpoint {
    static let route = Route.get("/api/assessments/{id}/analyses")
    static let access = Access.recruiter
    static let summary = "Answers of an assessment that can be analysed once more, and those that were"
    static let failures: [Failure.Code] = [.notFound]

    struct Input: Decodable {
        let id: Identifier
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> AssessmentAnalyses {
        try AssessmentAnalyses.read(input.id, caller.database)
    }
}
