import Assessments
import Endpoint
import Identity
import Postgres
import Validation

/// Makes an assessment one that can be asked, or asked again.
@main struct ActivateAssessment: Endpoint {
    static let route = Route.post("/api/assessments/{id}/activate")
    static let access = Access.recruiter
    static let summary = "Activate a draft or an archived assessment"
    static let failures: [Failure.Code] = [.notFound, .conflict]

    struct Input: Decodable {
        let id: Identifier
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> AssessmentRecord {
        try AssessmentRecord.move(input.id, to: .active, caller.database)
    }
}
