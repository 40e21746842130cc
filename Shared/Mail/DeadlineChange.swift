public import FoundationEssentials

/// What tells a candidate that there is another deadline now.
public struct DeadlineChange: Letter {
    public let candidateName: String
    public let jobTitle: String
    public let organization: String
    public let deadlineAt: Date
    /// Nil when it is not known.
    public let previousDeadlineAt: Date?
    public let candidateURL: String
    /// The recruiter's address: for questions and for replies.
    public let contactEmail: String

    public init(
        candidateName: String, jobTitle: String, organization: String, deadlineAt: Date, previousDeadlineAt: Date?,
        candidateURL: String, contactEmail: String
    ) {
        self.candidateName = candidateName
        self.jobTitle = jobTitle
        self.organization = organization
        self.deadlineAt = deadlineAt
        self.previousDeadlineAt = previousDeadlineAt
        self.candidateURL = candidateURL
        self.contactEmail = contactEmail
    }

    public var subject: String { "New deadline: your video interview for \(jobTitle) at \(organization)" }
    public var replyTo: String? { contactEmail }

    public func body() throws(MailError) -> MailBody {
        let before = previousDeadlineAt.map { ["Before: \(MailDate.text($0))"] } ?? []
        return try MailTemplate(
            title: subject,
            paragraphs: [
                "Hi \(candidateName),",
                "The deadline of your video interview for the \(jobTitle) position at \(organization) was changed. Your link stays the same.",
            ],
            facts: ["Must be completed by \(MailDate.text(deadlineAt))"] + before,
            button: .init(label: "Open Interview", link: candidateURL),
            foot: "If this deadline does not suit you or you have technical difficulties, contact \(contactEmail)."
        ).render()
    }
}
