import Deletion
import Endpoint
import Identity
import Postgres
import Validation

/// Deletes an interview for good, with everything in it. Who is in the middle of it is told so.
@main struct DeleteInterview: Endpoint {
    static let route = Route.delete("/api/async-interviews/{id}")
    static let access = Access.recruiter
    static let summary = "Delete an interview"
    static let failures: [Failure.Code] = [.notFound]

    struct Input: Decodable {
        let id: Identifier
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> DeletionRecord {
        try DeletionRecord.request(.interview, input.id, caller.database)
    }
}
