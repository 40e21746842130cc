import Correspondence
import Endpoint
import Events
import Validation

/// Reminds a candidate of the deadline, unless it is another one by now or the interview is over.
@main struct MailReminder: Endpoint {
    static let route = Route.post("/api/webhooks/mail/reminder")
    static let access = Access.event(.reminderDue)
    static let summary = "Webhook: remind a candidate of the deadline"
    static let success = Success.noContent
    static let failures: [Failure.Code] = [.notFound]
    static let limits = Correspondence.limits

    struct Input: Decodable {
        let interviewId: Identifier
        /// The plan that the reminder belongs to.
        let planId: Identifier
    }

    let correspondence: Correspondence

    init(_ environment: Environment) throws(Failure) { correspondence = try Correspondence(environment) }

    func handle(_ input: Input, from caller: Service) throws(Failure) -> Nothing {
        try correspondence.send(.reminder, about: input.interviewId, asked: caller) {
            $0.isOpen && $0.planId == input.planId
        }
        return Nothing()
    }
}
