import Assessments
import Endpoint
import Identity
import Postgres
import Validation

/// Puts an assessment away. Interviews that were sent go on; new ones cannot be created.
@main struct ArchiveAssessment: Endpoint {
    static let route = Route.post("/api/assessments/{id}/archive")
    static let access = Access.recruiter
    static let summary = "Archive an assessment: it is no longer asked"
    static let failures: [Failure.Code] = [.notFound, .conflict]

    struct Input: Decodable {
        let id: Identifier
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> AssessmentRecord {
        try AssessmentRecord.move(input.id, to: .archived, caller.database)
    }
}
