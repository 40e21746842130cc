import Candidates
import Endpoint
import Identity
import JSON
import Postgres
import Validation

/// Writes down a candidate. One address is one candidate.
@main struct CreateCandidate: Endpoint {
    static let route = Route.post("/api/candidates")
    static let access = Access.recruiter
    static let summary = "Create a candidate"
    static let success = Success.created
    static let failures: [Failure.Code] = [.conflict]

    typealias Input = CandidateFields

    /// Who has the address.
    private struct Known: Decodable {
        let id: Identifier
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> CandidateRecord {
        try caller.database.transaction { transaction throws(Failure) in
            let created: CandidateRecord? = try transaction.row(
                """
                INSERT INTO candidate (organization_id, name, email, phone, pipeline_stage)
                VALUES (caller_organization(), \(input.name), \(input.email), nullif(\(input.phone), ''),
                    \(input.pipelineStage ?? .applied))
                ON CONFLICT (organization_id, lower(email)) DO NOTHING
                RETURNING id, name, email, phone, pipeline_stage, created_at, updated_at
                """)
            if let created { return created }
            let known: Known? = try transaction.row("SELECT id FROM candidate WHERE lower(email) = lower(\(input.email))")
            throw .conflict(
                "There is a candidate with this e-mail address already.",
                [.init("candidateId", known.map { .string($0.id.description) } ?? .null)])
        }
    }
}
