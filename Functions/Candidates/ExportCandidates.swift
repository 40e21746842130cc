import CSV
import Candidates
import Endpoint
import Identity
import Postgres
import Validation

/// The candidates of a list, for a spreadsheet.
@main struct ExportCandidates: Endpoint {
    static let route = Route.get("/api/candidates/export.csv")
    static let access = Access.recruiter
    static let summary = "Candidates as CSV, filtered as the list is"
    static let failures: [Failure.Code] = [.conflict]

    /// More would take longer than one waits for an answer.
    private static let most = 10_000

    struct Input: Decodable {
        /// Words, each of which is somewhere in the name or the e-mail address.
        let search: Text<1, 100>?
        let pipelineStage: PipelineStage?
    }

    private struct Candidate: Decodable {
        let id: Identifier
        let name: String
        let email: String
        let phone: String?
        let pipelineStage: PipelineStage
        let interviewCount: Int
        let createdAt: Timestamp
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> Document<CommaSeparated> {
        let candidates: [Candidate] = try caller.database.rows(
            """
            SELECT id, name, email, phone, pipeline_stage, created_at,
                (SELECT count(*) FROM async_interview WHERE candidate_id = c.id) AS interview_count
            FROM find_candidates(\(input.search), \(input.pipelineStage), NULL, NULL, \(Self.most + 1)::integer) c
            ORDER BY created_at DESC, id DESC
            """)
        guard candidates.count <= Self.most else {
            throw .conflict("More than \(Self.most) candidates are too many for one file. Search for some, or choose a stage.")
        }
        var csv = CSVWriter(header: ["Id", "Name", "E-mail", "Phone", "Stage", "Interviews", "Created"])
        for each in candidates {
            csv.add([
                each.id.description, each.name, each.email, each.phone, each.pipelineStage.rawValue,
                String(each.interviewCount), each.createdAt.description,
            ])
        }
        return Document(csv.bytes, filename: "candidates-\(Timestamp.now.description.prefix(10)).csv")
    }
}
