import Endpoint
import Events
import FoundationEssentials
import Identity
import Mail
import Postgres
import Validation

/// Mails a candidate the link to their interview.
@main struct MailInvitation: Endpoint {
    static let route = Route.post("/api/webhooks/mail/invitation")
    static let access = Access.event(.invitationSent, .invitationResent)
    static let summary = "Webhook: mail a candidate the link"
    static let success = Success.noContent
    static let failures: [Failure.Code] = [.notFound, .conflict]

    struct Input: Decodable {
        let interviewId: Identifier
    }

    private struct Row: Decodable {
        let candidateName: String
        let invitationEmail: String
        let jobTitle: String
        let organization: String
        let introMessage: String?
        let questionCount: Int
        let timeLimitSeconds: Int
        let deadlineAt: Timestamp
        let contactEmail: String
    }

    let invitations: Invitations
    let postman: Postman

    init(_ environment: Environment) throws(Failure) {
        invitations = try Invitations(environment)
        postman = try Postman(environment)
    }

    func handle(_ input: Input, from caller: Service) throws(Failure) -> Nothing {
        if try caller.isDone() { return Nothing() }
        let row: Row? = try caller.database.row(
            """
            SELECT c.name AS candidate_name, i.invitation_email, a.job_title, o.name AS organization, i.intro_message,
                (SELECT count(*) FROM question WHERE assessment_id = a.id) AS question_count,
                i.time_limit_seconds, i.deadline_at, r.email AS contact_email
            FROM async_interview i JOIN candidate c ON c.id = i.candidate_id JOIN assessment a ON a.id = i.assessment_id
            JOIN organization o ON o.id = i.organization_id JOIN account r ON r.id = i.created_by_id
            WHERE i.id = \(input.interviewId)
            """)
        guard let row else { throw .notFound("interview") }
        let invitation = Invitation(
            candidateName: row.candidateName, jobTitle: row.jobTitle, organization: row.organization,
            introMessage: row.introMessage, questionCount: row.questionCount, timeLimitSeconds: row.timeLimitSeconds,
            deadlineAt: Date(row.deadlineAt), candidateURL: invitations.url(for: input.interviewId),
            contactEmail: row.contactEmail)
        try postman.send(id: caller.deliveryID, to: row.invitationEmail, name: row.candidateName) {
            from, to, id, date throws(MailError) in
            try invitation.message(from: from, to: to, messageID: id, date: date)
        }
        try caller.once()
        return Nothing()
    }
}
