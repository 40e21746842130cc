public import FoundationEssentials

/// What tells a recruiter that a candidate's interview can be reviewed.
public struct ReadyToReview: Sendable {
    public let recruiterName: String
    public let candidateName: String
    public let jobTitle: String
    public let organization: String
    public let answerCount: Int
    public let submittedAt: Date
    public let reviewURL: String

    public init(
        recruiterName: String, candidateName: String, jobTitle: String, organization: String,
        answerCount: Int, submittedAt: Date, reviewURL: String
    ) {
        self.recruiterName = recruiterName
        self.candidateName = candidateName
        self.jobTitle = jobTitle
        self.organization = organization
        self.answerCount = answerCount
        self.submittedAt = submittedAt
        self.reviewURL = reviewURL
    }

    /// The notice as a message; see `MailMessage` for its id and date.
    public func message(
        from: Mailbox, to: Mailbox, messageID: String, date: Date
    ) throws(MailError) -> MailMessage {
        let subject = "Ready to review: \(candidateName) for \(jobTitle)"
        let (text, html) = try MailTemplate(
            title: subject,
            paragraphs: [
                "Hi \(recruiterName),",
                "\(candidateName) has completed the video interview for the \(jobTitle) position at \(organization), and it is ready to review.",
            ],
            facts: [counted(answerCount, "answer"), "Submitted \(MailDate.text(submittedAt))"],
            action: "Review Interview", link: reviewURL,
            foot: "Transcripts and observations are an aid to your review; the decision is yours."
        ).render()
        return try MailMessage(
            from: from, to: [to], subject: subject, text: text, html: html, messageID: messageID,
            date: date)
    }
}
