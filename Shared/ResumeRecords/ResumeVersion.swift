public import Endpoint
import Interviews
public import Postgres
import Resumes
public import Validation

/// A version of a candidate's resume with what was done with it.
public struct ResumeVersion: Codable, Sendable {
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

    struct Reading: Codable, Sendable {
        let analysisId: Identifier
        /// `rules`, or the model's name.
        let engine: String
        let engineVersion: String
        let analyzedAt: Timestamp
        /// What is different from the reading before, be it of this version or of the one before.
        let changes: [ResumeChange]
    }

    struct Opening: Codable, Sendable {
        let by: Person
        let at: Timestamp
    }
}

extension ResumeVersion {
    /// Older ones are not shown.
    private static let mostVersions = 20
    private static let mostReadings = 5
    private static let mostOpenings = 20

    /// A candidate's, newest first.
    ///
    /// - Throws: `NOT_FOUND` when there is none.
    public static func all(of candidate: Identifier, _ session: Session) throws(Failure) -> [ResumeVersion] {
        let rows: [Row] = try session.rows(
            """
            SELECT r.version, r.status, r.problem, r.kind, r.file_name, r.size_bytes, r.created_at,
                json_build_object('id', p.id, 'name', p.name) AS uploaded_by,
                (SELECT coalesce(json_agg(json_build_object('id', id, 'analyzedAt', analyzed_at, 'engine', reading -> 'engine',
                        'version', reading -> 'version', 'resume', reading -> 'resume') ORDER BY analyzed_at DESC, id DESC), '[]')
                    FROM (SELECT * FROM resume_analysis WHERE resume_id = r.id
                        ORDER BY analyzed_at DESC, id DESC LIMIT \(mostReadings)) newest) AS readings,
                (SELECT coalesce(json_agg(json_build_object(
                        'by', json_build_object('id', o.id, 'name', o.name), 'at', newest.at) ORDER BY newest.at DESC), '[]')
                    FROM (SELECT * FROM resume_access
                        WHERE candidate_id = r.candidate_id AND version = r.version AND action = 'OPENED' AND at >= r.created_at
                        ORDER BY at DESC LIMIT \(mostOpenings)) newest
                    JOIN account o ON o.id = newest.account_id) AS openings
            FROM resume r JOIN account p ON p.id = r.account_id
            WHERE r.candidate_id = \(candidate) ORDER BY r.version DESC LIMIT \(mostVersions)
            """)
        guard !rows.isEmpty else { throw .notFound("resume") }
        let inOrder = rows.flatMap(\.readings)
        let earlier = Dictionary(
            zip(inOrder, inOrder.dropFirst()).map { ($0.id, $1.resume) }, uniquingKeysWith: { first, _ in first })
        return rows.map { ResumeVersion($0, earlier: earlier) }
    }

    /// - Parameter earlier: what the reading before each of them says, by its id.
    private init(_ row: Row, earlier: [Identifier: Resume]) {
        self.init(
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

private struct Row: Decodable {
    let version: Int
    let status: ResumeStatus
    let problem: String?
    let kind: ResumeKind
    let fileName: String?
    let sizeBytes: Int
    let createdAt: Timestamp
    let uploadedBy: Person
    let readings: [Read]
    let openings: [ResumeVersion.Opening]

    struct Read: Decodable {
        let id: Identifier
        let analyzedAt: Timestamp
        let engine: String
        let version: String
        let resume: Resume
    }
}
