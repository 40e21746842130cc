public import FoundationEssentials

/// What reminds a candidate of a deadline that comes near.
public struct Reminder: Letter {
    public let candidateName: String
    public let jobTitle: String
    public let organization: String
    public let questionCount: Int
    public let answerCount: Int
    public let deadlineAt: Date
    public let candidateURL: String
    /// The recruiter's address: for help, for replies, and for asking not to be reminded.
    public let contactEmail: String

    public init(
        candidateName: String, jobTitle: String, organization: String, questionCount: Int, answerCount: Int,
        deadlineAt: Date, candidateURL: String, contactEmail: String
    ) {
        self.candidateName = candidateName
        self.jobTitle = jobTitle
        self.organization = organization
        self.questionCount = questionCount
        self.answerCount = answerCount
        self.deadlineAt = deadlineAt
        self.candidateURL = candidateURL
        self.contactEmail = contactEmail
    }

    public var subject: String { "Reminder: your video interview for \(jobTitle) at \(organization)" }
    public var replyTo: String? { contactEmail }
    public var unsubscribe: String? { contactEmail }

    public func body() throws(MailError) -> MailBody {
        try MailTemplate(
            title: subject,
            paragraphs: [
                "Hi \(candidateName),",
                "Your video interview for the \(jobTitle) position at \(organization) is still open.",
            ],
            facts: [
                "\(answerCount) of \(counted(questionCount, "question")) answered",
                "Must be completed by \(MailDate.text(deadlineAt))",
            ],
            button: .init(label: answerCount == 0 ? "Begin Interview" : "Continue Interview", link: candidateURL),
            foot: "This is the only reminder for this deadline. If you need more time or have technical difficulties, contact \(contactEmail)."
        ).render()
    }
}
