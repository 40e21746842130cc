import Correspondence
import Endpoint
import Identity
import Interviews
import Postgres
import Validation

/// What was mailed about an interview, to whom, and what became of it; newest first.
@main struct ListMails: Endpoint {
    static let route = Route.get("/api/async-interviews/{id}/mails")
    static let access = Access.recruiter
    static let summary = "An interview's mails and what became of them"
    static let failures: [Failure.Code] = [.notFound]

    struct Input: Decodable {
        let id: Identifier
    }

    struct Output: Codable {
        let mails: [Mail]
        /// When the candidate will be reminded of the deadline; null when they will not be, or were.
        let reminderAt: Timestamp?
    }

    struct Mail: Codable {
        let id: Identifier
        let kind: MailKind
        let to: String
        let subject: String
        let state: MailState
        /// Why it was not sent, or not yet.
        let reason: String?
        let attempts: Int
        let createdAt: Timestamp
        /// When somebody else took responsibility for it.
        let sentAt: Timestamp?
        let updatedAt: Timestamp
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> Output {
        let output: Output? = try caller.database.row(
            """
            SELECT (
                    SELECT coalesce(json_agg(json_build_object(
                        'id', m.id, 'kind', m.kind, 'to', m.recipient, 'subject', m.subject, 'state', m.state,
                        'reason', m.reason, 'attempts', m.attempts, 'createdAt', m.created_at, 'sentAt', m.sent_at,
                        'updatedAt', m.updated_at) ORDER BY m.created_at DESC, m.id DESC), '[]')
                    FROM mail m WHERE m.async_interview_id = i.id) AS mails,
                (SELECT p.reminder_at FROM deadline_plan p
                    WHERE p.async_interview_id = i.id AND p.deadline_at = i.deadline_at AND p.reminder_at > now()
                        AND is_open(i.status, i.deadline_at)) AS reminder_at
            FROM async_interview i WHERE i.id = \(input.id)
            """)
        guard let output else { throw .notFound("interview") }
        return output
    }
}
