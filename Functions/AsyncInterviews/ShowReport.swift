import Endpoint
import Identity
import Interviews
import Postgres
import Report
import Validation

/// One interview on paper: decision, scores, quotes, timeline, integrity and consents.
@main struct ShowReport: Endpoint {
    static let route = Route.get("/api/async-interviews/{id}/report.pdf")
    static let access = Access.recruiter
    static let summary = "An interview's report as a PDF, as blind as its review page"
    static let failures: [Failure.Code] = [.notFound]

    struct Input: Decodable {
        let id: Identifier
    }

    let baseURL: String

    init(_ environment: Environment) throws(Failure) { baseURL = try environment.baseURL() }

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> Document<PDF> {
        let (record, report) = try read(input.id, caller)
        do {
            let bytes = try InterviewReport.draw(
                ReportFacts(record, report), address: "\(baseURL)/async-interviews/\(input.id)", madeAt: .now)
            return Document(bytes, filename: "interview-report-\(input.id).pdf")
        } catch {
            throw .internal("the report could not be drawn: \(error)")
        }
    }

    private func read(_ id: Identifier, _ caller: Recruiter) throws(Failure) -> (InterviewRecord, ProctorReport) {
        let record: InterviewRecord? = try caller.database.row(InterviewRecord.query(id))
        let report: ProctorReport? = try caller.database.row(ProctorReport.query(id))
        guard var record, let report else { throw .notFound("interview") }
        record.combine()
        return (record, report)
    }
}
