import Correspondence
import Endpoint
import Events
import Validation

/// Mails a candidate that their interview was withdrawn, unless it was restored meanwhile or they
/// never heard of it.
@main struct MailCancelled: Endpoint {
    static let route = Route.post("/api/webhooks/mail/cancelled")
    static let access = Access.event(.interviewCancelled)
    static let summary = "Webhook: mail a candidate that their interview was withdrawn"
    static let success = Success.noContent
    static let failures: [Failure.Code] = [.notFound]
    static let limits = Correspondence.limits

    struct Input: Decodable {
        let interviewId: Identifier
    }

    let correspondence: Correspondence

    init(_ environment: Environment) throws(Failure) { correspondence = try Correspondence(environment) }

    func handle(_ input: Input, from caller: Service) throws(Failure) -> Nothing {
        try correspondence.send(.cancelled, about: input.interviewId, asked: caller) { $0.isCancelled }
        return Nothing()
    }
}
