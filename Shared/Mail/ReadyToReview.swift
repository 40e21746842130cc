public import FoundationEssentials

/// What tells a recruiter, or somebody who was asked to review, that a candidate's interview can be reviewed.
public struct ReadyToReview: Letter {
    public let recipientName: String
    /// Whether it is for somebody who was asked to review: they give scores and do not decide.
    public let isAsked: Bool
    public let candidateName: String
    public let jobTitle: String
    public let organization: String
    public let answerCount: Int
    public let submittedAt: Date
    public let reviewURL: String

    public init(
        recipientName: String, isAsked: Bool = false, candidateName: String, jobTitle: String, organization: String,
        answerCount: Int, submittedAt: Date, reviewURL: String
    ) {
        self.recipientName = recipientName
        self.isAsked = isAsked
        self.candidateName = candidateName
        self.jobTitle = jobTitle
        self.organization = organization
        self.answerCount = answerCount
        self.submittedAt = submittedAt
        self.reviewURL = reviewURL
    }

    public var subject: String { "Ready to review: \(candidateName) for \(jobTitle)" }

    public func body() throws(MailError) -> MailBody {
        let task = "You were asked to score every answer on your own; the others’ scores are shown to you afterwards."
        return try MailTemplate(
            title: subject,
            paragraphs: [
                "Hi \(recipientName),",
                "\(candidateName) has completed the video interview for the \(jobTitle) position at \(organization), and it is ready to review.",
            ] + (isAsked ? [task] : []),
            facts: [counted(answerCount, "answer"), "Submitted \(MailDate.text(submittedAt))"],
            button: .init(label: "Review Interview", link: reviewURL),
            foot: "Transcripts and observations are an aid to your review; \(isAsked ? "the scores are" : "the decision is") yours."
        ).render()
    }
}
