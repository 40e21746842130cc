public import FoundationEssentials

/// What tells a recruiter that a candidate's interview can be reviewed.
public struct ReadyToReview: Letter {
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

    public var subject: String { "Ready to review: \(candidateName) for \(jobTitle)" }

    public func body() throws(MailError) -> MailBody {
        try MailTemplate(
            title: subject,
            paragraphs: [
                "Hi \(recruiterName),",
                "\(candidateName) has completed the video interview for the \(jobTitle) position at \(organization), and it is ready to review.",
            ],
            facts: [counted(answerCount, "answer"), "Submitted \(MailDate.text(submittedAt))"],
            button: .init(label: "Review Interview", link: reviewURL),
            foot: "Transcripts and observations are an aid to your review; the decision is yours."
        ).render()
    }
}
