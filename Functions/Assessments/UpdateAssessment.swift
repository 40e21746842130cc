import Assessments
import Endpoint
import Identity
import Postgres
import Validation

/// Puts an assessment as it was edited in the place of the version that the edit began from.
@main struct UpdateAssessment: Endpoint {
    static let route = Route.put("/api/assessments/{id}")
    static let access = Access.recruiter
    static let summary = "Save an edited assessment"
    static let failures: [Failure.Code] = [.notFound, .conflict]
    static let limits = Limits(body: 512 * 1024)

    struct Input: Decodable {
        let id: Identifier
        let version: Whole<1, 1_000_000_000>
        let title: Text<1, 200>
        let jobTitle: Text<1, 200>
        let description: Text<0, 5000>?
        let questions: QuestionDrafts
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> AssessmentRecord {
        try caller.database.transaction { transaction throws(Failure) in
            AssessmentRecord.lock(input.id, transaction)
            let current = try AssessmentRecord.read(input.id, transaction)
            guard input.version.value == current.version else {
                throw .changedMeanwhile("assessment", yours: input.version.value, current: current.version, current)
            }
            let areQuestionsNew = input.questions.differ(from: current)
            if areQuestionsNew {
                guard !current.isSent else {
                    throw .conflict(
                        "Somebody was asked these questions already, so they stay as they are: answers would lose what they answer. Duplicate the assessment and change the copy. Title, job title and description can still be changed here."
                    )
                }
                input.questions.replace(in: input.id, transaction)
            }
            transaction.queue(
                """
                UPDATE assessment SET title = \(input.title), job_title = \(input.jobTitle),
                    description = \(input.description?.value ?? ""), version = version + 1, updated_at = now()
                WHERE id = \(input.id)
                """)
            let saved = try AssessmentRecord.read(input.id, transaction)
            try input.questions.checkSaved(saved)
            if areQuestionsNew, saved.status == .active { try saved.checkComplete() }
            return saved
        }
    }
}
