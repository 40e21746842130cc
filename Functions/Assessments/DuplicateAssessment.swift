import Assessments
import Endpoint
import Identity
import Postgres
import Validation

/// Copies an assessment with all its questions into a new draft, whatever its status.
@main struct DuplicateAssessment: Endpoint {
    static let route = Route.post("/api/assessments/{id}/duplicate")
    static let access = Access.recruiter
    static let summary = "Copy an assessment into a new draft"
    static let success = Success.created
    static let failures: [Failure.Code] = [.notFound]

    struct Input: Decodable {
        let id: Identifier
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> AssessmentRecord {
        let copy = Identifier.new()
        return try caller.database.transaction { transaction throws(Failure) in
            // Titles have at most 200 characters.
            transaction.queue(
                """
                INSERT INTO assessment (id, organization_id, title, job_title, description, status)
                SELECT \(copy), organization_id, left(title, 193) || ' (copy)', job_title, description, 'DRAFT'
                FROM assessment WHERE id = \(input.id)
                """)
            transaction.queue(
                """
                INSERT INTO question (organization_id, assessment_id, competency_id, position, content, type, weight)
                SELECT organization_id, \(copy), competency_id, position, content, type, weight
                FROM question WHERE assessment_id = \(input.id)
                """)
            transaction.queue(
                """
                INSERT INTO rubric_level (organization_id, question_id, level, label, description, behavioral_anchors)
                SELECT r.organization_id, copied.id, r.level, r.label, r.description, r.behavioral_anchors
                FROM question copied
                JOIN question q ON q.assessment_id = \(input.id) AND q.position = copied.position
                JOIN rubric_level r ON r.question_id = q.id
                WHERE copied.assessment_id = \(copy)
                """)
            return try AssessmentRecord.read(copy, transaction)
        }
    }
}
