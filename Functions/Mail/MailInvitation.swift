import Correspondence
import Endpoint
import Events
import Validation

/// Mails a candidate the link to their interview, unless it was handed over without mail.
@main struct MailInvitation: Endpoint {
    static let route = Route.post("/api/webhooks/mail/invitation")
    static let access = Access.event(.invitationSent, .invitationResent)
    static let summary = "Webhook: mail a candidate the link"
    static let success = Success.noContent
    static let failures: [Failure.Code] = [.notFound]
    static let limits = Correspondence.limits

    struct Input: Decodable {
        let interviewId: Identifier
    }

    let correspondence: Correspondence

    init(_ environment: Environment) throws(Failure) { correspondence = try Correspondence(environment) }

    func handle(_ input: Input, from caller: Service) throws(Failure) -> Nothing {
        try correspondence.send(.invitation, about: input.interviewId, asked: caller) { $0.isOpen && $0.isMailed }
        return Nothing()
    }
}
