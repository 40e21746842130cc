import Deletion
import Endpoint
import Identity
import Postgres
import Validation

/// Deletes a live interview for good, with its scores and mails. One that is
/// still to come is cancelled before, so that its people are told.
@main struct DeleteLiveInterview: Endpoint {
    static let route = Route.delete("/api/interviews/{id}")
    static let access = Access.recruiter
    static let summary = "Delete a live interview"
    static let failures: [Failure.Code] = [.notFound, .conflict]

    struct Input: Decodable {
        let id: Identifier
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> DeletionRecord {
        try DeletionRecord.request(.liveInterview, input.id, caller.database)
    }
}
