import Endpoint
import Identity
import Interviews
import Postgres
import Validation

/// What was noticed around an interview's answers, what was watched, and what reviewers made of it.
@main struct ShowProctorReport: Endpoint {
    static let route = Route.get("/api/async-interviews/{id}/proctors")
    static let access = Access.recruiter
    static let summary = "An interview's integrity report"
    static let failures: [Failure.Code] = [.notFound]

    struct Input: Decodable {
        let id: Identifier
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> ProctorReport {
        let report: ProctorReport? = try caller.database.row(ProctorReport.query(input.id))
        guard let report else { throw .notFound("interview") }
        return report
    }
}
