import Endpoint
import Events
import Postgres
import Validation

/// Plans what has to happen at an interview's deadline and before it: the reminder and the expiry,
/// as events that are due then. Each deadline is planned once.
@main struct ScheduleDeadline: Endpoint {
    static let route = Route.post("/api/webhooks/deadlines/schedule")
    static let access = Access.event(.invitationSent, .deadlineChanged)
    static let summary = "Webhook: plan the reminder and the expiry of an interview"
    static let success = Success.noContent
    static let failures: [Failure.Code] = [.notFound]

    struct Input: Decodable {
        let interviewId: Identifier
    }

    private struct Known: Decodable {
        let id: Identifier
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Service) throws(Failure) -> Nothing {
        try caller.once { transaction throws(Failure) in
            let known: Known? = try transaction.row("SELECT id FROM async_interview WHERE id = \(input.interviewId)")
            guard known != nil else { throw .notFound("interview") }
            transaction.queue("CALL plan_deadline(\(input.interviewId))")
        }
        return Nothing()
    }
}
