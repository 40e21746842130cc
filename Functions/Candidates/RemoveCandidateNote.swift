import Endpoint
import Identity
import Postgres
import Validation

/// Takes back a note. Only whoever wrote it can.
@main struct RemoveCandidateNote: Endpoint {
    static let route = Route.delete("/api/candidates/{id}/notes/{noteId}")
    static let access = Access.recruiter
    static let summary = "Remove a note about a candidate"
    static let success = Success.noContent
    static let failures: [Failure.Code] = [.notFound]

    struct Input: Decodable {
        let id: Identifier
        let noteId: Identifier
    }

    private struct Note: Decodable {
        let isOwn: Bool
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> Nothing {
        try caller.database.transaction { transaction throws(Failure) in
            let note: Note? = try transaction.row(
                """
                SELECT author_id = caller_account() AS is_own FROM candidate_note
                WHERE id = \(input.noteId) AND candidate_id = \(input.id)
                """)
            guard let note else { throw .notFound("note") }
            guard note.isOwn else { throw .denied("Only whoever wrote a note can remove it.") }
            transaction.queue("DELETE FROM candidate_note WHERE id = \(input.noteId)")
            return Nothing()
        }
    }
}
