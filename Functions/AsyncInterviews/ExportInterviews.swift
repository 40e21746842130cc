import CSV
import Endpoint
import Identity
import Interviews
import Postgres
import Validation

/// The interviews of a list, for a spreadsheet.
@main struct ExportInterviews: Endpoint {
    static let route = Route.get("/api/async-interviews/export.csv")
    static let access = Access.recruiter
    static let summary = "Asynchronous interviews as CSV, filtered as the list is"
    static let failures: [Failure.Code] = [.conflict]

    typealias Input = InterviewSheet

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> Document<CommaSeparated> {
        var csv = CSVWriter(header: InterviewSheet.header)
        for cells in try input.rows(caller.database) { csv.add(cells) }
        return Document(csv.bytes, filename: "interviews-\(Timestamp.now.description.prefix(10)).csv")
    }
}
