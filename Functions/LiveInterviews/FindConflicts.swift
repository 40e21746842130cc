import Endpoint
import Identity
import JSON
import LiveInterviews
import Postgres
import Validation

/// Who of those who would meet has another live interview at that time. Nothing is saved.
@main struct FindConflicts: Endpoint {
    static let route = Route.post("/api/interviews/conflicts")
    static let access = Access.recruiter
    static let summary = "Who has another live interview at a time"

    struct Input: Decodable {
        let candidateId: Identifier?
        let interviewerIds: List<Identifier, 0, 10>
        let scheduledAt: Timestamp
        let durationMinutes: Appointment.Minutes
        /// The interview that would be moved, which is in nobody's way.
        let interviewId: Identifier?
    }

    struct Output: Codable {
        let conflicts: [TimeConflict]
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> Output {
        let people = JSON.array(input.interviewerIds.elements.map { .string($0.description) })
        let endsAt = input.scheduledAt.adding(seconds: input.durationMinutes.value * 60)
        let output: Output? = try caller.database.row(
            """
            SELECT live_conflicts(\(input.candidateId), ARRAY(SELECT jsonb_array_elements_text(\(people))::uuid),
                \(input.scheduledAt), \(endsAt), \(input.interviewId)) AS conflicts
            """)
        guard let output else { throw .internal("no row from a function") }
        return output
    }
}
