public import FoundationEssentials

/// What tells somebody that they were asked to review a candidate's interview.
public struct ReviewAsked: Letter {
    public let reviewerName: String
    public let candidateName: String
    public let jobTitle: String
    public let organization: String
    public let questionCount: Int
    /// Nil while the candidate has not submitted it.
    public let submittedAt: Date?
    public let reviewURL: String

    public init(
        reviewerName: String, candidateName: String, jobTitle: String, organization: String, questionCount: Int,
        submittedAt: Date?, reviewURL: String
    ) {
        self.reviewerName = reviewerName
        self.candidateName = candidateName
        self.jobTitle = jobTitle
        self.organization = organization
        self.questionCount = questionCount
        self.submittedAt = submittedAt
        self.reviewURL = reviewURL
    }

    public var subject: String { "Please review: \(candidateName) for \(jobTitle)" }

    public func body() throws(MailError) -> MailBody {
        let state = submittedAt.map { "Submitted \(MailDate.text($0))" } ?? "Not submitted yet: you can score it once it is"
        return try MailTemplate(
            title: subject,
            paragraphs: [
                "Hi \(reviewerName),",
                "You were asked to review the video interview of \(candidateName) for the \(jobTitle) position at \(organization). Everybody who was asked scores every answer on their own, and sees the others’ scores afterwards.",
            ],
            facts: [counted(questionCount, "question"), state],
            button: .init(label: "Open Interview", link: reviewURL),
            foot: "Transcripts and observations are an aid to your review; the scores are yours."
        ).render()
    }
}
