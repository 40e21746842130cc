import Correspondence
import Endpoint
import Events

/// Mails somebody who was asked to review before there was anything to review that there is now; unless they are not
/// asked any more, or know.
@main struct MailReviewReady: Endpoint {
    static let route = Route.post("/api/webhooks/mail/review-ready")
    static let access = Access.event(.reviewReady)
    static let summary = "Webhook: mail a reviewer that an interview is ready to review"
    static let success = Success.noContent
    static let failures: [Failure.Code] = [.notFound]
    static let limits = Correspondence.limits

    typealias Input = ReviewerNotice

    let correspondence: Correspondence

    init(_ environment: Environment) throws(Failure) { correspondence = try Correspondence(environment) }

    func handle(_ input: Input, from caller: Service) throws(Failure) -> Nothing {
        try correspondence.tell(input, .reviewReady, asked: caller) { $0.submittedAt != nil }
        return Nothing()
    }
}
