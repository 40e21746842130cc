import Changes
import Endpoint
import Identity
import Postgres
import Validation

/// Withdraws an interview that was not submitted: its link says so, and whom to write to. The candidate is
/// told by mail twenty seconds later, unless it is restored before.
@main struct CancelInterview: Endpoint {
    static let route = Route.post("/api/async-interviews/{id}/cancel")
    static let access = Access.recruiter
    static let summary = "Cancel an interview"
    static let failures: [Failure.Code] = [.notFound, .conflict]

    struct Input: Decodable {
        let id: Identifier
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> ChangedInterview {
        try caller.database.transaction { transaction throws(Failure) in
            try Change.cancel.apply(to: input.id, transaction)
        }
    }
}
