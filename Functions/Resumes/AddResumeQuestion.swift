import Endpoint
import Identity
import Postgres
import ResumeRecords
import Validation

/// Adds a question that was made for one candidate to an assessment that is still a draft.
@main struct AddResumeQuestion: Endpoint {
    static let route = Route.post("/api/resume/{candidateId}/questions/{id}/add")
    static let access = Access.recruiter
    static let summary = "Add a tailored question to a draft of an assessment"
    static let success = Success.created
    static let failures: [Failure.Code] = [.notFound, .conflict]

    /// As many as ``UpdateAssessment`` takes.
    private static let mostQuestions = 20

    struct Input: Decodable {
        let candidateId: Identifier
        let id: Identifier
        let assessmentId: Identifier
    }

    struct Output: Codable {
        let questionId: Identifier
        let assessmentId: Identifier
        let assessmentTitle: String
        /// Of the assessment as it is now.
        let version: Int
        let position: Int
    }

    private struct Row: Decodable {
        let title: String
        let isDraft: Bool
        let version: Int
        let questionCount: Int
        let question: TailoredQuestions.Question?
        let isThere: Bool
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> Output {
        try caller.database.transaction { transaction throws(Failure) in
            transaction.queue("SELECT FROM assessment WHERE id = \(input.assessmentId) FOR UPDATE")
            guard let row = try row(input, transaction) else { throw .notFound("assessment") }
            guard let question = row.question else { throw .notFound("question") }
            try check(row)
            let id = Identifier.new()
            transaction.queue(
                """
                INSERT INTO question (id, organization_id, assessment_id, competency_id, position, content)
                VALUES (\(id), caller_organization(), \(input.assessmentId), \(question.competencyId), \(row.questionCount + 1),
                    \(question.question))
                """)
            transaction.queue(
                "UPDATE assessment SET version = version + 1, updated_at = now() WHERE id = \(input.assessmentId)")
            note(question, in: input, transaction)
            return Output(
                questionId: id, assessmentId: input.assessmentId, assessmentTitle: row.title, version: row.version + 1,
                position: row.questionCount + 1)
        }
    }

    private func row(_ input: Input, _ transaction: Transaction) throws(Failure) -> Row? {
        try transaction.row(
            """
            SELECT s.title, s.status = 'DRAFT' AND NOT is_sent(s.id) AS is_draft, s.version, tailored.question,
                (SELECT count(*) FROM question WHERE assessment_id = s.id) AS question_count,
                EXISTS (SELECT FROM question WHERE assessment_id = s.id AND content = tailored.question ->> 'question') AS is_there
            FROM assessment s LEFT JOIN (
                SELECT question FROM resume_analysis a, jsonb_array_elements(a.generated_questions -> 'questions') AS question
                WHERE a.id = current_analysis(\(input.candidateId)) AND question ->> 'id' = \(input.id.description)) tailored ON true
            WHERE s.id = \(input.assessmentId)
            """)
    }

    private func check(_ row: Row) throws(Failure) {
        guard row.isDraft else {
            throw .conflict("Only a draft can be added to, and “\(row.title)” is not one. Duplicate it and add to the copy.")
        }
        guard !row.isThere else { throw .conflict("“\(row.title)” has this question already.") }
        guard row.questionCount < Self.mostQuestions else {
            throw .conflict("“\(row.title)” has \(Self.mostQuestions) questions, and no more fit.")
        }
    }

    /// So that the page can say where a question went.
    private func note(_ question: TailoredQuestions.Question, in input: Input, _ transaction: Transaction) {
        transaction.queue(
            """
            UPDATE resume_analysis SET updated_at = clock_timestamp(), generated_questions = jsonb_set(generated_questions, '{questions}', (
                SELECT jsonb_agg(CASE WHEN question ->> 'id' = \(question.id.description)
                    THEN jsonb_set(question, '{addedTo}', (question -> 'addedTo') || to_jsonb(\(input.assessmentId.description)::text))
                    ELSE question END ORDER BY place)
                FROM jsonb_array_elements(generated_questions -> 'questions') WITH ORDINALITY AS listed (question, place)))
            WHERE id = current_analysis(\(input.candidateId))
            """)
    }
}
