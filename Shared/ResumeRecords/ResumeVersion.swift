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
    private(set) var readings: [Reading]
    /// Who opened the file, newest first.
    let openings: [Opening]

    struct Reading: Codable, Sendable {
        let analysisId: Identifier
        /// `rules`, or the model's name.
        let engine: String
        let engineVersion: String
        let analyzedAt: Timestamp
        /// What is different from the reading before, be it of this version or of the one before.
        fileprivate(set) var changes: [ResumeChange]
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
            SELECT r.version, r.status, r.problem, r.kind, r.file_name, r.size_bytes, r.created_at AS uploaded_at,
                json_build_object('id', p.id, 'name', p.name) AS uploaded_by,
                (SELECT coalesce(json_agg(json_build_object('analysisId', id, 'analyzedAt', analyzed_at, 'engine', reading -> 'engine',
                        'engineVersion', reading -> 'version', 'changes', '[]'::json, 'resume', reading -> 'resume')
                        ORDER BY analyzed_at DESC, id DESC), '[]')
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
        let inOrder = rows.flatMap(\.contents)
        let earlier = Dictionary(
            zip(inOrder, inOrder.dropFirst()).map { ($0.analysisId, $1.resume) }, uniquingKeysWith: { first, _ in first })
        return rows.map { $0.version.compared($0.contents, with: earlier) }
    }

    /// - Parameters:
    ///   - contents: what the readings say, in their order.
    ///   - earlier: what the reading before each of them says, by its id.
    private func compared(_ contents: [Content], with earlier: [Identifier: Resume]) -> ResumeVersion {
        var version = self
        for (index, content) in contents.enumerated() {
            guard let before = earlier[content.analysisId] else { continue }
            version.readings[index].changes = ResumeChange.between(before, content.resume)
        }
        return version
    }

    /// What a reading says.
    private struct Content: Decodable {
        let analysisId: Identifier
        let resume: Resume
    }

    /// A version whose readings are not compared yet, with what they say.
    private struct Row: Decodable {
        let version: ResumeVersion
        let contents: [Content]

        private enum CodingKeys: CodingKey {
            case readings
        }

        init(from decoder: any Decoder) throws {
            version = try ResumeVersion(from: decoder)
            contents = try decoder.container(keyedBy: CodingKeys.self).decode([Content].self, forKey: .readings)
        }
    }
}
