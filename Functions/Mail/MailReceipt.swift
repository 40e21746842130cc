import Correspondence
import Endpoint
import Events
import Validation

/// Mails a candidate when their interview was submitted and what was received.
@main struct MailReceipt: Endpoint {
    static let route = Route.post("/api/webhooks/mail/receipt")
    static let access = Access.event(.interviewSubmitted)
    static let summary = "Webhook: mail a candidate what was received"
    static let success = Success.noContent
    static let failures: [Failure.Code] = [.notFound]
    static let limits = Correspondence.limits

    struct Input: Decodable {
        let interviewId: Identifier
    }

    let correspondence: Correspondence

    init(_ environment: Environment) throws(Failure) { correspondence = try Correspondence(environment) }

    func handle(_ input: Input, from caller: Service) throws(Failure) -> Nothing {
        try correspondence.send(.receipt, about: input.interviewId, asked: caller) { $0.submittedAt != nil }
        return Nothing()
    }
}
