import Analytics
import CSV
import Endpoint
import Identity
import Postgres
import Validation

/// The numbers of the analytics page, for a spreadsheet.
@main struct ExportAnalytics: Endpoint {
    static let route = Route.get("/api/analytics/export.csv")
    static let access = Access.recruiter
    static let summary = "Analytics as CSV"
    static let failures: [Failure.Code] = [.notFound]

    typealias Input = AnalyticsPeriod

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> Document<CommaSeparated> {
        let analytics = try input.read(caller.database)
        var csv = CSVWriter(header: Analytics.sheetHeader)
        for row in analytics.sheet { csv.add(row) }
        return Document(csv.bytes, filename: "analytics-\(analytics.from.description.prefix(10))-\(analytics.to.description.prefix(10)).csv")
    }
}
