public import Endpoint
public import Postgres
public import Validation

/// Where a tailored question went in an assessment.
public struct AddedQuestion: Codable, Sendable {
    let questionId: Identifier
    let assessmentId: Identifier
    let assessmentTitle: String
    /// Of the assessment as it is now.
    let version: Int
    let position: Int
}

extension AddedQuestion {
    /// As many as an assessment takes; see `QuestionDrafts`.
    private static let mostQuestions = 20

    private struct Draft: Decodable {
        let title: String
        let isDraft: Bool
        let version: Int
        let questionCount: Int
        let question: TailoredQuestions.Question?
        let isThere: Bool
    }

    /// Adds a question that was made for a candidate to an assessment, as its last one.
    ///
    /// - Throws: `NOT_FOUND`, and `CONFLICT` unless the assessment is a draft with room for it that does not ask it already.
    public static func add(
        _ question: Identifier, of candidate: Identifier, to assessment: Identifier, _ transaction: Transaction
    ) throws(Failure) -> AddedQuestion {
        transaction.queue("SELECT FROM assessment WHERE id = \(assessment) FOR UPDATE")
        guard let draft = try draft(assessment, question, of: candidate, transaction) else { throw .notFound("assessment") }
        guard let tailored = draft.question else { throw .notFound("question") }
        try check(draft)
        let added = AddedQuestion(
            questionId: .new(), assessmentId: assessment, assessmentTitle: draft.title, version: draft.version + 1,
            position: draft.questionCount + 1)
        added.save(tailored, transaction)
        added.note(at: question, of: candidate, transaction)
        return added
    }

    private static func draft(
        _ assessment: Identifier, _ question: Identifier, of candidate: Identifier, _ transaction: Transaction
    ) throws(Failure) -> Draft? {
        try transaction.row(
            """
            SELECT s.title, s.status = 'DRAFT' AND NOT is_sent(s.id) AS is_draft, s.version, tailored.question,
                (SELECT count(*) FROM question WHERE assessment_id = s.id) AS question_count,
                EXISTS (SELECT FROM question WHERE assessment_id = s.id AND content = tailored.question ->> 'question') AS is_there
            FROM assessment s LEFT JOIN (
                SELECT question FROM resume_analysis a, jsonb_array_elements(a.generated_questions -> 'questions') AS question
                WHERE a.id = current_analysis(\(candidate)) AND question ->> 'id' = \(question.description)) tailored ON true
            WHERE s.id = \(assessment)
            """)
    }

    private static func check(_ draft: Draft) throws(Failure) {
        guard draft.isDraft else {
            throw .conflict("Only a draft can be added to, and “\(draft.title)” is not one. Duplicate it and add to the copy.")
        }
        guard !draft.isThere else { throw .conflict("“\(draft.title)” has this question already.") }
        guard draft.questionCount < mostQuestions else {
            throw .conflict("“\(draft.title)” has \(mostQuestions) questions, and no more fit.")
        }
    }

    private func save(_ tailored: TailoredQuestions.Question, _ transaction: Transaction) {
        transaction.queue(
            """
            INSERT INTO question (id, organization_id, assessment_id, competency_id, position, content)
            VALUES (\(questionId), caller_organization(), \(assessmentId), \(tailored.competencyId), \(position),
                \(tailored.question))
            """)
        transaction.queue("UPDATE assessment SET version = version + 1, updated_at = now() WHERE id = \(assessmentId)")
    }

    /// So that the page can say where a question went.
    private func note(at tailored: Identifier, of candidate: Identifier, _ transaction: Transaction) {
        transaction.queue(
            """
            UPDATE resume_analysis SET updated_at = clock_timestamp(), generated_questions = jsonb_set(generated_questions, '{questions}', (
                SELECT jsonb_agg(CASE WHEN question ->> 'id' = \(tailored.description)
                    THEN jsonb_set(question, '{addedTo}', (question -> 'addedTo') || to_jsonb(\(assessmentId.description)::text))
                    ELSE question END ORDER BY place)
                FROM jsonb_array_elements(generated_questions -> 'questions') WITH ORDINALITY AS listed (question, place)))
            WHERE id = current_analysis(\(candidate))
            """)
    }
}
