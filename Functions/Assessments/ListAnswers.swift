import Endpoint
import Identity
import Interviews
import Postgres
import Validation

/// Lists who has answered one of an assessment's questions, last submitted first, to compare answers.
///
/// The order says nothing about the answers, and what others gave is not shown before the caller
/// has scored.
@main struct ListAnswers: Endpoint {
    static let route = Route.get("/api/assessments/{id}/answers")
    static let access = Access.recruiter
    static let summary = "List who has answered a question, last submitted first"
    static let failures: [Failure.Code] = [.notFound]

    struct Input: Decodable {
        let id: Identifier
        let questionId: Identifier
        /// Somewhere in the candidate's name.
        let search: Text<1, 100>?
        let cursor: Cursor?
        let limit: Whole<1, 100>?
    }

    struct Output: Codable {
        let answers: [Answer]
        /// For the next page; null on the last one.
        let nextCursor: Cursor?
    }

    struct Answer: Codable {
        let interviewId: Identifier
        let candidate: Person
        let submittedAt: Timestamp
        /// Whether the interview is decided, and its scores closed.
        let isDecided: Bool
        /// The caller's.
        let ownScore: Int?
        /// How many others have scored this answer.
        let othersScored: Int
        /// Of all scores; null until the caller has scored.
        let meanScore: Double?
    }

    private struct Found: Decodable {
        let answers: [Answer]
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> Output {
        let size = input.limit?.value ?? 25
        let found: Found? = try caller.database.row(
            """
            WITH page AS (
                SELECT i.id, i.submitted_at, i.recommendation, l.id AS linked, c.id AS candidate, c.name
                FROM async_interview i
                JOIN video_response v ON v.async_interview_id = i.id AND v.question_id = \(input.questionId)
                JOIN interview l ON l.async_interview_id = i.id JOIN candidate c ON c.id = i.candidate_id
                WHERE i.assessment_id = \(input.id) AND i.submitted_at IS NOT NULL AND i.status IN ('SUBMITTED', 'REVIEWED')
                    AND (\(input.search)::text IS NULL OR position(lower(\(input.search)::text) IN lower(c.name)) > 0)
                    AND (\(input.cursor?.id) IS NULL
                        OR (i.submitted_at, i.id) < (\(input.cursor?.moment), \(input.cursor?.id)))
                ORDER BY i.submitted_at DESC, i.id DESC LIMIT \(size + 1))
            SELECT (SELECT coalesce(json_agg(json_build_object(
                    'interviewId', page.id, 'candidate', json_build_object('id', candidate, 'name', name),
                    'submittedAt', submitted_at, 'isDecided', recommendation IS NOT NULL, 'ownScore', given.own,
                    'othersScored', given.others, 'meanScore', CASE WHEN given.own IS NOT NULL THEN given.mean END)
                    ORDER BY submitted_at DESC, page.id DESC), '[]')
                FROM page CROSS JOIN LATERAL (
                    SELECT max(score) FILTER (WHERE evaluator_id = caller_account()) AS own, avg(score) AS mean,
                        count(*) FILTER (WHERE evaluator_id <> caller_account()) AS others
                    FROM evaluation WHERE interview_id = page.linked AND question_id = \(input.questionId)) given) AS answers
            FROM question WHERE id = \(input.questionId) AND assessment_id = \(input.id)
            """)
        guard let found else { throw .notFound("question in this assessment") }
        let (page, next) = Cursor.page(found.answers, of: size) { Cursor($0.submittedAt, $0.interviewId) }
        return Output(answers: page, nextCursor: next)
    }
}
