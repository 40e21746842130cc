import Analytics
import Endpoint
import Identity
import Postgres
import Validation

/// What became of the interviews that were sent in a period: how far they came, how long it took, where
/// candidates left, what was scored, by whom.
@main struct ShowAnalytics: Endpoint {
    static let route = Route.get("/api/analytics")
    static let access = Access.recruiter
    static let summary = "What became of the interviews that were sent in a period"
    static let failures: [Failure.Code] = [.notFound]

    typealias Input = AnalyticsPeriod

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> Analytics {
        try input.read(caller.database)
    }
}
