import Changes
import Endpoint
import Identity
import Postgres
import Validation

/// Takes back that an interview was cancelled: it goes on from where it was, or has expired meanwhile.
@main struct RestoreInterview: Endpoint {
    static let route = Route.post("/api/async-interviews/{id}/restore")
    static let access = Access.recruiter
    static let summary = "Take back that an interview was cancelled"
    static let failures: [Failure.Code] = [.notFound, .conflict]

    struct Input: Decodable {
        let id: Identifier
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> ChangedInterview {
        try caller.database.transaction { transaction throws(Failure) in
            try Change.restore.apply(to: input.id, transaction)
        }
    }
}
