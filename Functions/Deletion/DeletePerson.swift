import Deletion
import Endpoint
import Identity
import Postgres
import Validation

/// Deletes a candidate for good, with everything about them: interviews, resumes, notes, mails. Live
/// interviews that are still to come are cancelled before, so that their people are told.
@main struct DeletePerson: Endpoint {
    static let route = Route.delete("/api/candidates/{id}")
    static let access = Access.administrator
    static let summary = "Delete a candidate"
    static let failures: [Failure.Code] = [.notFound, .conflict]

    struct Input: Decodable {
        let id: Identifier
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> DeletionRecord {
        try DeletionRecord.request(.person, input.id, caller.database)
    }
}
