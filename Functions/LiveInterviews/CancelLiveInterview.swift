import Endpoint
import Identity
import Interviews
import LiveInterviews
import Postgres
import Validation

/// Cancels a live interview and tells everybody by mail, which takes it out of their calendars.
@main struct CancelLiveInterview: Endpoint {
    static let route = Route.post("/api/interviews/{id}/cancel")
    static let access = Access.recruiter
    static let summary = "Cancel a live interview"
    static let failures: [Failure.Code] = [.notFound, .conflict]

    struct Input: Decodable {
        let id: Identifier
        /// For everybody who was invited.
        let reason: Text<0, 1000>?
        /// The `changedAt` of what is cancelled.
        let version: SeenVersion
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> LiveInterview {
        let reason = input.reason.map(\.value.trimmed) ?? ""
        return try caller.database.transaction { transaction throws(Failure) in
            let current = try LiveInterview.hold(input.id, transaction)
            try current.requireRunning()
            try LiveTransitions.table.require(from: current.status, to: .cancelled, by: .cancelling)
            try current.check(input.version)
            transaction.queue(
                """
                UPDATE interview SET status = 'CANCELLED', cancel_reason = \(reason.isEmpty ? nil : reason),
                    sequence = sequence + 1, changed_at = next_version(changed_at)
                WHERE id = \(input.id)
                """)
            LiveNews(of: input.id, sequence: current.sequence + 1)
                .tell(.cancelled, [nil] + current.interviewers.map(\.id), transaction)
            guard let live = try LiveInterview.read(input.id, transaction) else { throw .internal("an interview that was cancelled is gone") }
            return live
        }
    }
}
