import Endpoint
import Identity
import Interviews
import Postgres
import Validation

/// What one candidate is given beyond the usual terms.
@main struct ShowAccommodations: Endpoint {
    static let route = Route.get("/api/async-interviews/{id}/accommodations")
    static let access = Access.recruiter
    static let summary = "What one candidate is given beyond the usual terms"
    static let failures: [Failure.Code] = [.notFound]

    struct Input: Decodable {
        let id: Identifier
    }

    private struct Row: Decodable {
        let mayAccommodate: Bool
        let accommodations: Accommodations
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> Accommodations {
        let row: Row? = try caller.database.row(
            """
            SELECT may_accommodate(id), coalesce(accommodations(id),
                '{"timeMultiplier": 1, "untimedThinking": false, "extraTakes": 0, "withoutMonitoring": []}') AS accommodations
            FROM async_interview WHERE id = \(input.id)
            """)
        guard let row else { throw .notFound("interview") }
        try Accommodations.check(row.mayAccommodate)
        return row.accommodations
    }
}
