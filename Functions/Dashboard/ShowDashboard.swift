import Endpoint
import Identity
import Interviews
import Postgres

/// What needs the caller's attention, how far invitations have come, and what is newest.
@main struct ShowDashboard: Endpoint {
    static let route = Route.get("/api/dashboard")
    static let access = Access.recruiter
    static let summary = "What needs attention now, the funnel of the last days and the newest interviews"

    struct Input: Decodable {}

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> Dashboard { try .read(caller.database) }
}
