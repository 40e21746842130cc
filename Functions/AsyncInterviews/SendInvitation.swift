import Changes
import Endpoint
import Identity
import Interviews
import Postgres
import Validation

/// Sends a draft: the candidate gets the link by mail and the clock begins to matter.
@main struct SendInvitation: Endpoint {
    static let route = Route.post("/api/async-interviews/{id}/send")
    static let access = Access.recruiter
    static let summary = "Send an interview's invitation"
    static let failures: [Failure.Code] = [.notFound, .conflict]

    struct Input: Decodable {
        let id: Identifier
    }

    struct Output: Codable {
        let id: Identifier
        let status: InterviewStatus
        let invitationSentAt: Timestamp
        let candidateURL: String
    }

    private struct Sent: Decodable {
        let status: InterviewStatus
        let invitationSentAt: Timestamp
    }

    let invitations: Invitations

    init(_ environment: Environment) throws(Failure) { invitations = try Invitations(environment) }

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> Output {
        try caller.database.transaction { transaction throws(Failure) in
            _ = try Change.send.apply(to: input.id, transaction)
            let sent: Sent? = try transaction.row(
                "SELECT status, invitation_sent_at FROM async_interview WHERE id = \(input.id)")
            guard let sent else { throw .internal("an interview that was sent is gone") }
            return Output(
                id: input.id, status: sent.status, invitationSentAt: sent.invitationSentAt,
                candidateURL: invitations.url(for: input.id))
        }
    }
}
