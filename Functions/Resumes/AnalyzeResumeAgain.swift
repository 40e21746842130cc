import Documents
import Endpoint
import Events
import Identity
import JSON
import Models
import Postgres
import ResumeRecords
import Validation

/// Reads the newest version once more, as the engines are now. What was read before is kept.
@main struct AnalyzeResumeAgain: Endpoint {
    static let route = Route.post("/api/resume/{candidateId}/analyze-again")
    static let access = Access.recruiter
    static let summary = "Read a candidate's resume once more"
    static let failures: [Failure.Code] = [.notFound, .conflict]

    struct Input: Decodable {
        let candidateId: Identifier
    }

    private struct Row: Decodable {
        let id: Identifier
        let version: Int
        let status: ResumeStatus
        let document: DocumentText?
    }

    let engines: Engines

    init(_ environment: Environment) throws(Failure) { engines = try Engines(environment) }

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> ResumeRecord {
        let session = caller.database
        let hasModel = try engines.languageModel(for: .resume, about: input.candidateId, of: session) != nil
        return try session.transaction { transaction throws(Failure) in
            ResumeArrival.hold(input.candidateId, transaction)
            let row: Row? = try transaction.row(
                """
                SELECT id, version, status, document FROM resume
                WHERE candidate_id = \(input.candidateId) AND status <> 'FAILED' ORDER BY version DESC LIMIT 1
                """)
            guard let row else { throw .notFound("resume") }
            guard row.status == .complete, let document = row.document else {
                throw .conflict("The resume is being read already.")
            }
            if hasModel {
                transaction.queue("UPDATE resume SET status = 'READING' WHERE id = \(row.id)")
                transaction.emit(.resumeReceived, ["resumeId": .string(row.id.description)])
            } else {
                try LabeledReading.offline(document).save(for: row.id, transaction)
            }
            return try ResumeRecord.read(of: input.candidateId, version: row.version, transaction)
        }
    }
}
