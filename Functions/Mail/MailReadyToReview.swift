import Endpoint
import Events
import FoundationEssentials
import Identity
import Mail
import Postgres
import Validation

/// Mails whoever created an interview that it can be reviewed.
@main struct MailReadyToReview: Endpoint {
    static let route = Route.post("/api/webhooks/mail/ready-to-review")
    static let access = Access.event(.interviewReady)
    static let summary = "Webhook: mail a recruiter that an interview is ready to review"
    static let success = Success.noContent
    static let failures: [Failure.Code] = [.notFound, .conflict]

    struct Input: Decodable {
        let interviewId: Identifier
    }

    private struct Row: Decodable {
        let recruiterName: String
        let recruiterEmail: String
        let candidateName: String
        let jobTitle: String
        let organization: String
        let answerCount: Int
        let submittedAt: Timestamp
    }

    let baseURL: String
    let postman: Postman

    init(_ environment: Environment) throws(Failure) {
        baseURL = try environment.baseURL()
        postman = try Postman(environment)
    }

    func handle(_ input: Input, from caller: Service) throws(Failure) -> Nothing {
        if try caller.isDone() { return Nothing() }
        let row: Row? = try caller.database.row(
            """
            SELECT r.name AS recruiter_name, r.email AS recruiter_email, c.name AS candidate_name, a.job_title,
                o.name AS organization, i.submitted_at,
                (SELECT count(*) FROM video_response WHERE async_interview_id = i.id) AS answer_count
            FROM async_interview i JOIN candidate c ON c.id = i.candidate_id JOIN assessment a ON a.id = i.assessment_id
            JOIN organization o ON o.id = i.organization_id JOIN account r ON r.id = i.created_by_id
            WHERE i.id = \(input.interviewId) AND i.submitted_at IS NOT NULL
            """)
        guard let row else { throw .notFound("submitted interview") }
        let notice = ReadyToReview(
            recruiterName: row.recruiterName, candidateName: row.candidateName, jobTitle: row.jobTitle,
            organization: row.organization, answerCount: row.answerCount, submittedAt: Date(row.submittedAt),
            reviewURL: "\(baseURL)/async-interviews/\(input.interviewId)")
        try postman.send(id: caller.deliveryID, to: row.recruiterEmail, name: row.recruiterName) {
            from, to, id, date throws(MailError) in
            try notice.message(from: from, to: to, messageID: id, date: date)
        }
        try caller.once()
        return Nothing()
    }
}
