import Candidates
import Endpoint
import Identity
import Interviews
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
        /// The `updatedAt` of what is changed. Without it, the last one to save wins.
        let version: SeenVersion?
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> CandidateRecord {
        try caller.database.transaction { transaction throws(Failure) in
            let current: CandidateRecord? = try transaction.row(
                """
                SELECT id, name, email, phone, pipeline_stage, created_at, updated_at
                FROM candidate WHERE id = \(input.id) FOR UPDATE
                """)
            guard let current else { throw .notFound("candidate") }
            try input.version?.check(against: current, of: current.updatedAt, "candidate")
            return try save(input, transaction)
        }
    }

    private func save(_ input: Input, _ transaction: Transaction) throws(Failure) -> CandidateRecord {
        let saved: CandidateRecord?
        do throws(Failure) {
            saved = try transaction.row(
                """
                UPDATE candidate
                SET name = coalesce(\(input.name), name), email = coalesce(\(input.email), email),
                    phone = nullif(coalesce(\(input.phone), phone), ''),
                    pipeline_stage = coalesce(\(input.pipelineStage), pipeline_stage), updated_at = next_version(updated_at)
                WHERE id = \(input.id)
                RETURNING id, name, email, phone, pipeline_stage, created_at, updated_at
                """)
        } catch where error.code == .conflict {
            throw .conflict("Another candidate has this e-mail address.")
        }
        guard let saved else { throw .internal("a candidate that was locked is gone") }
        return saved
    }
}
