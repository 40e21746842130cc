import Endpoint
import Events
import Identity
import Interviews
import JSON
import Postgres
import Validation

/// Sends a draft: the candidate gets the link, by mail unless the caller hands it over, and the
/// clock begins to matter.
@main struct SendInvitation: Endpoint {
    static let route = Route.post("/api/async-interviews/{id}/send")
    static let access = Access.recruiter
    static let summary = "Send an interview's invitation"
    static let failures: [Failure.Code] = [.notFound, .conflict]

    struct Input: Decodable {
        let id: Identifier
        /// False for whoever hands over the link themselves: no invitation is mailed.
        let byMail: Bool?
    }

    struct Output: Codable {
        let id: Identifier
        let status: InterviewStatus
        let invitationSentAt: Timestamp
        let candidateURL: String
    }

    private struct Row: Decodable {
        let status: InterviewStatus
        let isOverdue: Bool
        let now: Timestamp
    }

    let invitations: Invitations

    init(_ environment: Environment) throws(Failure) { invitations = try Invitations(environment) }

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> Output {
        try caller.database.transaction { transaction throws(Failure) in
            let row: Row? = try transaction.row(
                """
                SELECT status, deadline_at <= now() AS is_overdue, now() FROM async_interview
                WHERE id = \(input.id) FOR UPDATE
                """)
            guard let row else { throw .notFound("interview") }
            guard row.status == .draft else { throw .conflict("The invitation was already sent.") }
            guard !row.isOverdue else { throw .conflict("The deadline has passed. Set a later one first.") }
            transaction.queue(
                """
                UPDATE async_interview SET status = 'SENT', invitation_sent_at = now(), is_mailed = \(input.byMail ?? true),
                    updated_at = now()
                WHERE id = \(input.id)
                """)
            transaction.emit(.invitationSent, ["interviewId": .string(input.id.description)])
            return Output(
                id: input.id, status: .sent, invitationSentAt: row.now, candidateURL: invitations.url(for: input.id))
        }
    }
}
