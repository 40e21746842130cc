import Endpoint
import Events
import Identity
import Interviews
import JSON
import Postgres
import Validation

/// Decides an interview: a recommendation with its reason, notes, and the status of its review.
@main struct DecideInterview: Endpoint {
    static let route = Route.patch("/api/async-interviews/{id}")
    static let access = Access.recruiter
    static let summary = "Decide an interview"
    static let failures: [Failure.Code] = [.notFound, .conflict]

    typealias Input = Decision

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> Decision.Saved {
        try caller.database.transaction { transaction throws(Failure) in
            let saved = try input.save(transaction)
            if let recommendation = input.recommendation {
                transaction.emit(
                    .interviewDecided,
                    ["interviewId": .string(input.id.description), "recommendation": .string(recommendation.rawValue)])
            }
            return saved
        }
    }
}
