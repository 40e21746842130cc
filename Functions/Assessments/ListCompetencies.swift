import Endpoint
import Identity
import Postgres
import Validation

/// Lists what the organisation's questions are meant to show, by name.
@main struct ListCompetencies: Endpoint {
    static let route = Route.get("/api/competencies")
    static let access = Access.recruiter
    static let summary = "List competencies and how often they are used"

    struct Input: Decodable {}

    struct Output: Codable {
        let competencies: [Competency]
    }

    struct Competency: Codable {
        let id: Identifier
        let name: String
        let description: String
        let questionCount: Int
        /// In how many assessments those questions are.
        let assessmentCount: Int
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> Output {
        Output(
            competencies: try caller.database.rows(
                """
                SELECT k.id, k.name, k.description, count(q.id) AS question_count,
                    count(DISTINCT q.assessment_id) AS assessment_count
                FROM competency k LEFT JOIN question q ON q.competency_id = k.id
                GROUP BY k.id ORDER BY lower(k.name), k.id
                """))
    }
}
