import Candidates
import Endpoint
import Identity
import JSON
import Postgres
import Validation

/// Writes down the candidates of a spreadsheet: all that can be, with a reason for each of the others.
@main struct ImportCandidates: Endpoint {
    static let route = Route.post("/api/candidates/import")
    static let access = Access.recruiter
    static let summary = "Create candidates from CSV"
    static let limits = Limits(body: 1024 * 1024)

    struct Input: Decodable {
        let csv: CandidateSheet
        /// Whether to tell what would happen, and do nothing.
        let dryRun: Bool?
    }

    struct Output: Codable {
        let dryRun: Bool
        /// How many rows there are below the header.
        let rowCount: Int
        let created: [Created]
        let refused: [CandidateSheet.Refused]
        let duplicates: [Duplicate]
        /// Columns whose names mean nothing here.
        let ignoredColumns: [String]
    }

    struct Created: Codable {
        let line: Int
        /// Null after a dry run.
        let candidateId: Identifier?
    }

    struct Duplicate: Codable {
        let line: Int
        let email: String
        /// Who has the address; null for a row further up.
        let candidateId: Identifier?
        /// A sentence for people.
        let message: String
    }

    /// What became of a row.
    private struct Row: Decodable {
        let line: Int
        let email: String
        let createdId: Identifier?
        let knownId: Identifier?
        let isKnown: Bool
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> Output {
        let isDryRun = input.dryRun ?? false
        let (rows, repeated) = Self.withoutRepetitions(input.csv.rows)
        let saved = rows.isEmpty ? [] : try save(rows, isDryRun: isDryRun, caller)
        let known = saved.filter(\.isKnown).map {
            Duplicate(
                line: $0.line, email: $0.email, candidateId: $0.knownId,
                message: "There is a candidate with this e-mail address already.")
        }
        return Output(
            dryRun: isDryRun, rowCount: input.csv.rowCount,
            created: saved.filter { !$0.isKnown }.map { Created(line: $0.line, candidateId: $0.createdId) },
            refused: input.csv.refused, duplicates: (repeated + known).sorted { $0.line < $1.line },
            ignoredColumns: input.csv.ignoredColumns)
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
    private func save(
        _ rows: [CandidateSheet.Row], isDryRun: Bool, _ caller: Recruiter
    ) throws(Failure) -> [Row] {
        let given = JSON.array(rows.map { row in
            [
                "line": .integer(row.line), "name": .string(row.candidate.name.value),
                "email": .string(row.candidate.email.value),
                "phone": row.candidate.phone.map { .string($0.value) } ?? .null,
                "stage": .string((row.candidate.pipelineStage ?? .applied).rawValue),
            ]
        })
        return try caller.database.rows(
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
