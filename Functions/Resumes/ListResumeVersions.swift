import Endpoint
import Identity
import Interviews
import Postgres
import ResumeRecords
import Resumes
import Validation

/// The versions of a candidate's resume, what was read in each and what that changed.
@main struct ListResumeVersions: Endpoint {
    static let route = Route.get("/api/resume/{candidateId}/versions")
    static let access = Access.recruiter
    static let summary = "A resume's versions and what changed"
    static let failures: [Failure.Code] = [.notFound]

    /// Older ones are not shown.
    private static let mostVersions = 20
    private static let mostReadings = 5

    struct Input: Decodable {
        let candidateId: Identifier
    }

    struct Output: Codable {
        /// Newest first.
        let versions: [Version]
    }

    struct Version: Codable {
        let version: Int
        let status: ResumeStatus
        let problem: String?
        let kind: ResumeKind
        let fileName: String?
        let sizeBytes: Int
        let uploadedAt: Timestamp
        let uploadedBy: Person
        /// Newest first. The first one counts.
        let readings: [Reading]
        /// Who opened the file, newest first.
        let openings: [Opening]
    }

    struct Reading: Codable {
        let analysisId: Identifier
        /// `rules`, or the model's name.
        let engine: String
        let engineVersion: String
        let analyzedAt: Timestamp
        /// What is different from the reading before, be it of this version or of the one before.
        let changes: [ResumeChange]
    }

    struct Opening: Codable {
        let by: Person
        let at: Timestamp
    }

    private struct Row: Decodable {
        let version: Int
        let status: ResumeStatus
        let problem: String?
        let kind: ResumeKind
        let fileName: String?
        let sizeBytes: Int
        let createdAt: Timestamp
        let uploadedBy: Person
        let readings: [ReadRow]
        let openings: [Opening]
    }

    private struct ReadRow: Decodable {
        let id: Identifier
        let analyzedAt: Timestamp
        let engine: String
        let version: String
        let resume: Resume
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> Output {
        let rows: [Row] = try caller.database.rows(
            """
            SELECT r.version, r.status, r.problem, r.kind, r.file_name, r.size_bytes, r.created_at,
                json_build_object('id', p.id, 'name', p.name) AS uploaded_by,
                (SELECT coalesce(json_agg(json_build_object('id', id, 'analyzedAt', analyzed_at, 'engine', reading -> 'engine',
                        'version', reading -> 'version', 'resume', reading -> 'resume') ORDER BY analyzed_at DESC, id DESC), '[]')
                    FROM (SELECT * FROM resume_analysis WHERE resume_id = r.id
                        ORDER BY analyzed_at DESC, id DESC LIMIT \(Self.mostReadings)) newest) AS readings,
                (SELECT coalesce(json_agg(json_build_object(
                        'by', json_build_object('id', o.id, 'name', o.name), 'at', newest.at) ORDER BY newest.at DESC), '[]')
                    FROM (SELECT * FROM resume_access
                        WHERE candidate_id = r.candidate_id AND version = r.version AND action = 'OPENED' AND at >= r.created_at
                        ORDER BY at DESC LIMIT 20) newest
                    JOIN account o ON o.id = newest.account_id) AS openings
            FROM resume r JOIN account p ON p.id = r.account_id
            WHERE r.candidate_id = \(input.candidateId) ORDER BY r.version DESC LIMIT \(Self.mostVersions)
            """)
        guard !rows.isEmpty else { throw .notFound("resume") }
        return Output(versions: Self.versions(rows))
    }

    /// - Parameter rows: newest first, as their readings.
    private static func versions(_ rows: [Row]) -> [Version] {
        let inOrder = rows.flatMap(\.readings)
        let earlier = Dictionary(
            zip(inOrder, inOrder.dropFirst()).map { ($0.id, $1.resume) }, uniquingKeysWith: { first, _ in first })
        return rows.map { row in
            Version(
                version: row.version, status: row.status, problem: row.problem, kind: row.kind, fileName: row.fileName,
                sizeBytes: row.sizeBytes, uploadedAt: row.createdAt, uploadedBy: row.uploadedBy,
                readings: row.readings.map { reading in
                    Reading(
                        analysisId: reading.id, engine: reading.engine, engineVersion: reading.version,
                        analyzedAt: reading.analyzedAt,
                        changes: earlier[reading.id].map { ResumeChange.between($0, reading.resume) } ?? [])
                },
                openings: row.openings)
        }
    }
}
