import Endpoint
import Identity
import Postgres
import ResumeRecords
import Storage
import Validation

/// An address at which the file of a version can be opened for a minute. Who asked is written down.
@main struct OpenResumeFile: Endpoint {
    static let route = Route.get("/api/resume/{candidateId}/file/{version}")
    static let access = Access.recruiter
    static let summary = "A short-lived address of a resume's file"
    static let failures: [Failure.Code] = [.notFound]

    struct Input: Decodable {
        let candidateId: Identifier
        let version: Whole<1, 1_000_000>
    }

    struct Output: Codable {
        let url: String
        let expiresAt: Timestamp
        let kind: ResumeKind
        let fileName: String
        let sizeBytes: Int
    }

    private struct Row: Decodable {
        let fileKey: String
        let fileName: String
        let kind: ResumeKind
        let sizeBytes: Int
    }

    let store: BlobStore

    init(_ environment: Environment) throws(Failure) { store = try BlobStore(environment) }

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> Output {
        let row = try caller.database.transaction { transaction throws(Failure) in
            let row: Row? = try transaction.row(
                """
                SELECT file_key, file_name, kind, size_bytes FROM resume
                WHERE candidate_id = \(input.candidateId) AND version = \(input.version) AND file_key IS NOT NULL
                """)
            guard let row else { throw .notFound("file") }
            ResumeAccess.note(.opened, input.candidateId, version: input.version.value, transaction)
            return row
        }
        let (url, expires) = store.downloadURL(of: row.fileKey, as: row.fileName)
        return Output(url: url, expiresAt: expires, kind: row.kind, fileName: row.fileName, sizeBytes: row.sizeBytes)
    }
}
