import Candidates
import Endpoint
import Identity
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
        let created: [CandidateImport.Created]
        let refused: [CandidateSheet.Refused]
        let duplicates: [CandidateImport.Duplicate]
        /// Columns whose names mean nothing here.
        let ignoredColumns: [String]
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> Output {
        let isDryRun = input.dryRun ?? false
        let result = try CandidateImport(input.csv.rows, isDryRun: isDryRun, caller.database)
        return Output(
            dryRun: isDryRun, rowCount: input.csv.rowCount, created: result.created, refused: input.csv.refused,
            duplicates: result.duplicates, ignoredColumns: input.csv.ignoredColumns)
    }
}
