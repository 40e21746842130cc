import Deletion
import Endpoint
import Identity
import Postgres
import Validation

/// Shows how long closed interviews and idle candidates are kept, and what would go at once with other periods.
@main struct ShowRetention: Endpoint {
    static let route = Route.get("/api/retention")
    static let access = Access.administrator
    static let summary = "Show how long closed interviews and idle candidates are kept"

    struct Input: Decodable {
        /// The periods to look ahead for; those without a value keep for ever.
        let recordingDays: Retention.Days?
        let interviewDays: Retention.Days?
        let candidateDays: Retention.Days?
    }

    struct Output: Codable {
        let retention: Retention
        /// What would go at once with the periods that were asked for.
        let preview: Retention.Preview
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> Output {
        Output(
            retention: try Retention.read(caller.database),
            preview: try Retention.preview(
                recordingDays: input.recordingDays, interviewDays: input.interviewDays, candidateDays: input.candidateDays,
                caller.database))
    }
}
