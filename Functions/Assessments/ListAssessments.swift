import Assessments
import Endpoint
import Identity
import Postgres
import Validation

/// Lists the organisation's assessments, newest first.
@main struct ListAssessments: Endpoint {
    static let route = Route.get("/api/assessments")
    static let access = Access.recruiter
    static let summary = "List assessments, newest first"

    struct Input: Decodable {
        let status: AssessmentStatus?
        /// Somewhere in the title or the job title.
        let search: Text<1, 100>?
        let cursor: Cursor?
        let limit: Whole<1, 100>?
    }

    struct Output: Codable {
        let assessments: [Assessment]
        /// For the next page; null on the last one.
        let nextCursor: Cursor?
    }

    struct Assessment: Codable {
        let id: Identifier
        let title: String
        let jobTitle: String
        let description: String
        let status: AssessmentStatus
        let version: Int
        let isSent: Bool
        let questionCount: Int
        /// Their names, without repetitions.
        let competencies: [String]
        let createdAt: Timestamp
        let updatedAt: Timestamp
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> Output {
        let size = input.limit?.value ?? 25
        let found: [Assessment] = try caller.database.rows(
            """
            SELECT id, title, job_title, description, status, version, is_sent(id), created_at, updated_at,
                (SELECT count(*) FROM question WHERE assessment_id = a.id) AS question_count,
                ARRAY_TO_JSON(ARRAY(
                    SELECT DISTINCT k.name FROM question q JOIN competency k ON k.id = q.competency_id
                    WHERE q.assessment_id = a.id ORDER BY k.name)) AS competencies
            FROM assessment a
            WHERE (\(input.status)::text IS NULL OR status = \(input.status))
                AND (\(input.search)::text IS NULL
                    OR position(lower(\(input.search)::text) IN lower(title || ' ' || job_title)) > 0)
                AND (\(input.cursor?.id) IS NULL
                    OR (created_at, id) < (\(input.cursor?.moment), \(input.cursor?.id)))
            ORDER BY created_at DESC, id DESC LIMIT \(size + 1)
            """)
        let (page, next) = Cursor.page(found, of: size) { Cursor($0.createdAt, $0.id) }
        return Output(assessments: page, nextCursor: next)
    }
}
