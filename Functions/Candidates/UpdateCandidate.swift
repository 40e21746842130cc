import Candidates
import Endpoint
import Identity
import Postgres
import Validation

/// Changes what is given about a candidate and leaves the rest.
@main struct UpdateCandidate: Endpoint {
    static let route = Route.patch("/api/candidates/{id}")
    static let access = Access.recruiter
    static let summary = "Change a candidate"
    static let failures: [Failure.Code] = [.notFound, .conflict]

    struct Input: Decodable {
        let id: Identifier
        let name: Text<1, 200>?
        let email: EmailAddress?
        /// Empty to take it away.
        let phone: Text<0, 50>?
        let pipelineStage: PipelineStage?
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> CandidateRecord {
        let updated: CandidateRecord?
        do throws(Failure) {
            updated = try caller.database.row(
                """
                UPDATE candidate
                SET name = coalesce(\(input.name), name), email = coalesce(\(input.email), email),
                    phone = nullif(coalesce(\(input.phone), phone), ''),
                    pipeline_stage = coalesce(\(input.pipelineStage), pipeline_stage), updated_at = now()
                WHERE id = \(input.id)
                RETURNING id, name, email, phone, pipeline_stage, created_at, updated_at
                """)
        } catch where error.code == .conflict {
            throw .conflict("Another candidate has this e-mail address.")
        }
        guard let updated else { throw .notFound("candidate") }
        return updated
    }
}
