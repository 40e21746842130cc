import Correspondence
import Endpoint
import Events

/// Mails somebody that they were asked to review an interview, unless they are not any more or know already that it is
/// ready.
@main struct MailReviewAsked: Endpoint {
    static let route = Route.post("/api/webhooks/mail/review-asked")
    static let access = Access.event(.reviewAsked)
    static let summary = "Webhook: mail somebody that they were asked to review"
    static let success = Success.noContent
    static let failures: [Failure.Code] = [.notFound]
    static let limits = Correspondence.limits

    typealias Input = ReviewerNotice

    let correspondence: Correspondence

    init(_ environment: Environment) throws(Failure) { correspondence = try Correspondence(environment) }

    func handle(_ input: Input, from caller: Service) throws(Failure) -> Nothing {
        try correspondence.tell(input, .reviewAsked, asked: caller)
        return Nothing()
    }
}
