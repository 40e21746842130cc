import Candidates
import Endpoint
import Identity
import Postgres
import Validation

/// Writes a note about a candidate, for everybody in the organisation.
@main struct AddCandidateNote: Endpoint {
    static let route = Route.post("/api/candidates/{id}/notes")
    static let access = Access.recruiter
    static let summary = "Write a note about a candidate"
    static let success = Success.created
    static let failures: [Failure.Code] = [.notFound]

    struct Input: Decodable {
        let id: Identifier
        let text: Text<1, 5000>
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> CandidateNote {
        let note: CandidateNote? = try caller.database.row(
            """
            WITH written AS (
                INSERT INTO candidate_note (organization_id, candidate_id, author_id, text)
                SELECT organization_id, id, caller_account(), \(input.text) FROM candidate WHERE id = \(input.id)
                RETURNING *)
            SELECT w.id, w.text, json_build_object('id', a.id, 'name', a.name) AS author, true AS is_own, w.created_at
            FROM written w JOIN account a ON a.id = w.author_id
            """)
        guard let note else { throw .notFound("candidate") }
        return note
    }
}
