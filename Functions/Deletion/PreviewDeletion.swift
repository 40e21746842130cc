import Deletion
import Endpoint
import Identity
import Postgres
import Validation

/// Counts what a deletion would take away, without deleting anything.
@main struct PreviewDeletion: Endpoint {
    static let route = Route.get("/api/deletions/preview")
    static let access = Access.recruiter
    static let summary = "Show what a deletion would take away"
    static let failures: [Failure.Code] = [.notFound, .accessDenied]

    struct Input: Decodable {
        let scope: DeletionScope
        let subjectId: Identifier
    }

    private struct Row: Decodable {
        let isAllowed: Bool
        let counts: DeletionCounts
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> DeletionCounts {
        let row: Row? = try caller.database.row(
            "SELECT * FROM preview_deletion(\(input.scope), \(input.subjectId))")
        guard let row else { throw .notFound("thing to delete") }
        guard row.isAllowed else { throw .denied("You may not delete this. Ask your administrators.") }
        return row.counts
    }
}
