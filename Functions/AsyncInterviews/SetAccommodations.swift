import Endpoint
import Identity
import Interviews
import Postgres
import Validation

/// Gives a candidate more time, more takes or less monitoring. Those who score are not told.
@main struct SetAccommodations: Endpoint {
    static let route = Route.put("/api/async-interviews/{id}/accommodations")
    static let access = Access.recruiter
    static let summary = "Set what one candidate is given beyond the usual terms"
    static let failures: [Failure.Code] = [.notFound, .conflict]

    struct Input: Decodable {
        let id: Identifier
        let timeMultiplier: TimeMultiplier
        let untimedThinking: Bool
        let extraTakes: Whole<0, 3>
        let withoutMonitoring: List<WaivedMonitoring, 0, 2>
    }

    private struct Facts: Decodable {
        let status: InterviewStatus
        let mayAccommodate: Bool
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> Accommodations {
        let accommodations = Accommodations(
            timeMultiplier: input.timeMultiplier, untimedThinking: input.untimedThinking, extraTakes: input.extraTakes,
            withoutMonitoring: input.withoutMonitoring)
        try caller.database.transaction { transaction throws(Failure) in
            let facts: Facts? = try transaction.row(
                "SELECT status, may_accommodate(id) FROM async_interview WHERE id = \(input.id) FOR UPDATE")
            guard let facts else { throw .notFound("interview") }
            try Accommodations.check(facts.mayAccommodate)
            guard facts.status != .submitted, facts.status != .reviewed else {
                throw .conflict("This interview was submitted: accommodations come too late for it.")
            }
            accommodations.set(for: input.id, transaction)
        }
        return accommodations
    }
}
