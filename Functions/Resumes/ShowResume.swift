import Endpoint
import Identity
import Postgres
import ResumeRecords
import Validation

/// What is known from a candidate's resume.
@main struct ShowResume: Endpoint {
    static let route = Route.get("/api/resume/{candidateId}")
    static let access = Access.recruiter
    static let summary = "A candidate's resume as it was read last"
    static let failures: [Failure.Code] = [.notFound]

    struct Input: Decodable {
        let candidateId: Identifier
    }

    struct Output: Codable {
        let candidateId: Identifier
        /// Null as long as nothing was read.
        let resume: ResumeRecord?
        /// The newest version when it is being read, also anew, or could not be.
        let pending: Pending?
    }

    struct Pending: Codable {
        let version: Int
        let status: ResumeStatus
        /// Why it could not be read, in a sentence for people.
        let problem: String?
        let fileName: String?
        let uploadedAt: Timestamp
    }

    private struct Row: Decodable {
        let pending: Pending?
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> Output {
        let row: Row? = try caller.database.row(
            """
            SELECT (SELECT json_build_object('version', version, 'status', status, 'problem', problem,
                    'fileName', file_name, 'uploadedAt', created_at)
                FROM (SELECT * FROM resume WHERE candidate_id = c.id ORDER BY version DESC LIMIT 1) newest
                WHERE status <> 'COMPLETE') AS pending
            FROM candidate c WHERE c.id = \(input.candidateId)
            """)
        guard let row else { throw .notFound("candidate") }
        return Output(
            candidateId: input.candidateId, resume: try ResumeRecord.current(of: input.candidateId, caller.database),
            pending: row.pending)
    }
}
