import Endpoint
import Identity
import Interviews
import Postgres
import Validation

/// Notes something that the candidate's page observed, such as a change of the tab.
@main struct ReportProctorEvent: Endpoint {
    static let route = Route.post("/api/candidate/interview/{token}/proctor")
    static let access = Access.candidateFinishing
    static let summary = "Report a proctoring event"
    static let success = Success.created

    struct Input: Decodable {
        let questionId: Identifier?
        let eventType: ProctorEventType
        let metadata: FreeObject?
    }

    struct Output: Codable {
        let id: Identifier
        let eventType: ProctorEventType
        let occurredAt: Timestamp
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Candidate) throws(Failure) -> Output {
        let noted: Output? = try caller.database.row(
            """
            INSERT INTO proctor_log (organization_id, async_interview_id, candidate_id, question_id, event_type, metadata)
            SELECT organization_id, id, candidate_id, \(input.questionId), \(input.eventType), \(input.metadata)
            FROM async_interview
            WHERE id = caller_interview()
                AND (\(input.questionId) IS NULL OR EXISTS (SELECT FROM question WHERE id = \(input.questionId)))
            RETURNING id, event_type, occurred_at
            """)
        guard let noted else { throw .invalid("questionId", "is not a question of this interview") }
        return noted
    }
}
