import Correspondence
import Endpoint
import Events
import Validation

/// Mails a candidate the deadline that holds now, unless it is the one they know.
@main struct MailDeadlineChanged: Endpoint {
    static let route = Route.post("/api/webhooks/mail/deadline-changed")
    static let access = Access.event(.deadlineChanged)
    static let summary = "Webhook: mail a candidate the new deadline"
    static let success = Success.noContent
    static let failures: [Failure.Code] = [.notFound]
    static let limits = Correspondence.limits

    struct Input: Decodable {
        let interviewId: Identifier
        let previousDeadlineAt: Timestamp
    }

    let correspondence: Correspondence

    init(_ environment: Environment) throws(Failure) { correspondence = try Correspondence(environment) }

    func handle(_ input: Input, from caller: Service) throws(Failure) -> Nothing {
        try correspondence.send(
            .deadlineChanged, about: input.interviewId, asked: caller, previousDeadlineAt: input.previousDeadlineAt
        ) {
            // Events may tell of milliseconds only.
            $0.isOpen && $0.deadlineAt.description != input.previousDeadlineAt.description
        }
        return Nothing()
    }
}
