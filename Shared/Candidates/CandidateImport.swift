public import Endpoint
import JSON
public import Postgres
import Validation

/// What became of a sheet's rows, or would become of them.
public struct CandidateImport: Sendable {
    public let created: [Created]
    /// In the order of their lines.
    public let duplicates: [Duplicate]

    public struct Created: Codable, Sendable {
        let line: Int
        /// Null after a dry run.
        let candidateId: Identifier?
    }

    public struct Duplicate: Codable, Sendable {
        let line: Int
        let email: String
        /// Who has the address; null for a row further up.
        let candidateId: Identifier?
        /// A sentence for people.
        let message: String
    }

    private struct Saved: Decodable {
        let line: Int
        let email: String
        let createdId: Identifier?
        let knownId: Identifier?
        let isKnown: Bool
    }

    /// Writes the candidates of the rows down, but for those whose address is there already.
    ///
    /// - Parameter isDryRun: whether to tell what would happen, and do nothing.
    public init(_ rows: [CandidateSheet.Row], isDryRun: Bool, _ session: Session) throws(Failure) {
        let (first, repeated) = Self.withoutRepetitions(rows)
        let saved = first.isEmpty ? [] : try Self.save(first, isDryRun: isDryRun, session)
        let known = saved.filter(\.isKnown).map {
            Duplicate(
                line: $0.line, email: $0.email, candidateId: $0.knownId,
                message: "There is a candidate with this e-mail address already.")
        }
        created = saved.filter { !$0.isKnown }.map { Created(line: $0.line, candidateId: $0.createdId) }
        duplicates = (repeated + known).sorted { $0.line < $1.line }
    }

    /// The first row of each address, and the others.
    private static func withoutRepetitions(
        _ rows: [CandidateSheet.Row]
    ) -> (rows: [CandidateSheet.Row], repeated: [Duplicate]) {
        var lines: [String: Int] = [:]
        var repeated: [Duplicate] = []
        let first = rows.filter { row in
            let email = row.candidate.email.value
            guard let line = lines[email.lowercased()] else {
                lines[email.lowercased()] = row.line
                return true
            }
            repeated.append(
                Duplicate(
                    line: row.line, email: email, candidateId: nil,
                    message: "The candidate in line \(line) has this e-mail address."))
            return false
        }
        return (first, repeated)
    }

    /// In one statement, so that all are there or none. Somebody else may add the same address at
    /// the same moment: it then counts as known, and whose it is would take another look.
    private static func save(
        _ rows: [CandidateSheet.Row], isDryRun: Bool, _ session: Session
    ) throws(Failure) -> [Saved] {
        let given = JSON.array(rows.map { row in
            [
                "line": .integer(row.line), "name": .string(row.candidate.name.value),
                "email": .string(row.candidate.email.value),
                "phone": row.candidate.phone.map { .string($0.value) } ?? .null,
                "stage": .string((row.candidate.pipelineStage ?? .applied).rawValue),
            ]
        })
        return try session.rows(
            """
            WITH given AS MATERIALIZED (
                SELECT * FROM jsonb_to_recordset(\(given)) AS r(line integer, name text, email text, phone text, stage text)),
            created AS (
                INSERT INTO candidate (organization_id, name, email, phone, pipeline_stage)
                SELECT caller_organization(), name, email, phone, stage FROM given
                WHERE NOT \(isDryRun) ORDER BY line
                ON CONFLICT (organization_id, lower(email)) DO NOTHING
                RETURNING id, email)
            SELECT g.line, g.email, n.id AS created_id, k.id AS known_id,
                CASE WHEN \(isDryRun) THEN k.id IS NOT NULL ELSE n.id IS NULL END AS is_known
            FROM given g LEFT JOIN created n ON n.email = g.email
            LEFT JOIN candidate k ON lower(k.email) = lower(g.email)
            ORDER BY g.line
            """)
    }
}
