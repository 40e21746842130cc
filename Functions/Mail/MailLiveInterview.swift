import Correspondence
import Endpoint
import Events
import LiveInterviews
import Validation

/// Mails one of a live interview's people what became of it, with a calendar entry, unless it was
/// changed again meanwhile.
@main struct MailLiveInterview: Endpoint {
    static let route = Route.post("/api/webhooks/mail/live-interview")
    static let access = Access.event(.liveInterviewChanged)
    static let summary = "Webhook: mail somebody a live interview's time or its end"
    static let success = Success.noContent
    static let failures: [Failure.Code] = [.notFound]
    static let limits = Correspondence.limits

    struct Input: Decodable {
        let liveInterviewId: Identifier
        let kind: LiveMailKind
        let sequence: Int
        /// Null for the candidate.
        let accountId: Identifier?
        let previouslyAt: Timestamp?
    }

    let correspondence: Correspondence

    init(_ environment: Environment) throws(Failure) { correspondence = try Correspondence(environment) }

    func handle(_ input: Input, from caller: Service) throws(Failure) -> Nothing {
        try correspondence.send(
            input.kind, about: input.liveInterviewId, to: input.accountId, sequence: input.sequence,
            previouslyAt: input.previouslyAt, asked: caller)
        return Nothing()
    }
}
