import Endpoint
import Identity
import Interviews
import LiveInterviews
import Postgres
import Validation

/// Notes what became of a live interview: that it was held, or that the candidate did not come; or
/// takes back what was noted by mistake.
@main struct CloseLiveInterview: Endpoint {
    static let route = Route.post("/api/interviews/{id}/outcome")
    static let access = Access.recruiter
    static let summary = "Note that a live interview was held, or that the candidate did not come"
    static let failures: [Failure.Code] = [.notFound, .conflict]

    struct Input: Decodable {
        let id: Identifier
        let outcome: Outcome
        /// The `changedAt` of the interview.
        let version: SeenVersion
    }

    enum Outcome: String, Choice {
        case completed = "COMPLETED"
        case noShow = "NO_SHOW"
        /// Nothing is noted any more.
        case scheduled = "SCHEDULED"

        var step: (LiveStatus, LiveTransitions.Cause) {
            switch self {
            case .completed: (.completed, .holding)
            case .noShow: (.noShow, .absence)
            case .scheduled: (.scheduled, .takingBack)
            }
        }
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> LiveInterview {
        let (status, cause) = input.outcome.step
        return try caller.database.transaction { transaction throws(Failure) in
            let current = try LiveInterview.hold(input.id, transaction)
            guard current.mayChange || current.mayScore else {
                throw .denied("Only its interviewers, whoever scheduled it and administrators note what became of an interview.")
            }
            try LiveTransitions.table.require(from: current.status, to: status, by: cause)
            try current.check(input.version)
            guard current.scheduledAt <= .now else { throw .conflict("This interview has not begun yet.") }
            guard status == .completed || current.interviewers.allSatisfy({ $0.scored == 0 }) else {
                throw .conflict("This interview is scored, so it was held.")
            }
            transaction.queue(
                """
                UPDATE interview SET status = \(status), changed_at = next_version(changed_at) WHERE id = \(input.id)
                """)
            guard let live = try LiveInterview.read(input.id, transaction) else { throw .internal("an interview that was closed is gone") }
            return live
        }
    }
}
