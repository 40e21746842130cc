import Changes
import Endpoint
import Identity
import Postgres
import Validation

/// Moves an interview's deadline, of which the candidate is told. What had expired goes on from where it was.
@main struct MoveDeadline: Endpoint {
    static let route = Route.put("/api/async-interviews/{id}/deadline")
    static let access = Access.recruiter
    static let summary = "Move an interview's deadline"
    static let failures: [Failure.Code] = [.notFound, .conflict]

    struct Input: Decodable {
        let id: Identifier
        let deadlineAt: FutureDate
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> ChangedInterview {
        try caller.database.transaction { transaction throws(Failure) in
            try Change.moveDeadline(to: input.deadlineAt.value).apply(to: input.id, transaction)
        }
    }
}
