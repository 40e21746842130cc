import Endpoint
import Identity
import Interviews
import Postgres
import Validation

/// How far reviewers agree on an assessment's answers, and how severe each of them is.
///
/// Counts the newest interviews whose review is finished, so that nobody learns from here what
/// others gave for an answer that they have yet to score. A subject is one answer.
@main struct ShowAgreement: Endpoint {
    static let route = Route.get("/api/assessments/{id}/agreement")
    static let access = Access.recruiter
    static let summary = "How far reviewers agree on an assessment's answers"
    static let failures: [Failure.Code] = [.notFound]

    static let mostInterviews = 500

    struct Input: Decodable {
        let id: Identifier
    }

    private struct Found: Decodable {
        let interviews: Int
        let scores: [GivenScore]
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> Agreement {
        let found: Found? = try caller.database.row(
            """
            WITH reviewed AS (
                SELECT l.id FROM async_interview i JOIN interview l ON l.async_interview_id = i.id
                WHERE i.assessment_id = \(input.id) AND i.status = 'REVIEWED'
                ORDER BY i.submitted_at DESC, i.id DESC LIMIT \(Self.mostInterviews)),
            scored AS (
                SELECT dense_rank() OVER (ORDER BY e.interview_id, e.question_id) - 1 AS answer, e.score, u.id, u.name
                FROM evaluation e JOIN reviewed r ON r.id = e.interview_id JOIN account u ON u.id = e.evaluator_id)
            SELECT (SELECT count(*) FROM reviewed) AS interviews,
                (SELECT coalesce(json_agg(json_build_object('answer', answer, 'score', score,
                    'reviewer', json_build_object('id', id, 'name', name)) ORDER BY name, id, answer), '[]') FROM scored) AS scores
            FROM assessment WHERE id = \(input.id)
            """)
        guard let found else { throw .notFound("assessment") }
        return Agreement(of: found.scores.ratings, by: found.scores.reviewers, interviews: found.interviews)
    }
}
