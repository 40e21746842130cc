import Assessments
import Endpoint
import Identity
import Postgres
import Validation

/// Begins an assessment as a draft. Nobody can be asked it before it is activated.
@main struct CreateAssessment: Endpoint {
    static let route = Route.post("/api/assessments")
    static let access = Access.recruiter
    static let summary = "Create an assessment as a draft"
    static let success = Success.created
    static let failures: [Failure.Code] = [.notFound]
    static let limits = Limits(body: 512 * 1024)

    struct Input: Decodable {
        let title: Text<1, 200>
        let jobTitle: Text<1, 200>
        let description: Text<0, 5000>?
        let questions: QuestionDrafts?
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> AssessmentRecord {
        let id = Identifier.new()
        return try caller.database.transaction { transaction throws(Failure) in
            transaction.queue(
                """
                INSERT INTO assessment (id, organization_id, title, job_title, description, status)
                VALUES (\(id), caller_organization(), \(input.title), \(input.jobTitle), \(input.description?.value ?? ""), 'DRAFT')
                """)
            input.questions?.insert(into: id, transaction)
            let saved = try AssessmentRecord.read(id, transaction)
            try input.questions?.checkSaved(saved)
            return saved
        }
    }
}
