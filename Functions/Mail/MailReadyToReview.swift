import Correspondence
import Endpoint
import Events
import Validation

/// Mails whoever created an interview that it can be reviewed.
@main struct MailReadyToReview: Endpoint {
    static let route = Route.post("/api/webhooks/mail/ready-to-review")
    static let access = Access.event(.interviewReady)
    static let summary = "Webhook: mail a recruiter that an interview is ready to review"
    static let success = Success.noContent
    static let failures: [Failure.Code] = [.notFound]
    static let limits = Correspondence.limits

    struct Input: Decodable {
        let interviewId: Identifier
    }

    let correspondence: Correspondence

    init(_ environment: Environment) throws(Failure) { correspondence = try Correspondence(environment) }

    func handle(_ input: Input, from caller: Service) throws(Failure) -> Nothing {
        try correspondence.send(.readyToReview, about: input.interviewId, asked: caller) {
            $0.submittedAt != nil && $0.recruiterIsActive
        }
        return Nothing()
    }
}
