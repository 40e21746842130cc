public import FoundationEssentials

/// What invites a candidate to a video interview.
public struct Invitation: Letter {
    public let candidateName: String
    public let jobTitle: String
    public let organization: String
    /// The recruiter's words to the candidate, in their own paragraphs.
    public let introMessage: String?
    public let questionCount: Int
    public let timeLimitSeconds: Int
    public let deadlineAt: Date
    public let candidateURL: String
    /// The recruiter's address: for help, and for replies to the invitation.
    public let contactEmail: String

    public init(
        candidateName: String, jobTitle: String, organization: String, introMessage: String? = nil,
        questionCount: Int, timeLimitSeconds: Int, deadlineAt: Date, candidateURL: String,
        contactEmail: String
    ) {
        self.candidateName = candidateName
        self.jobTitle = jobTitle
        self.organization = organization
        self.introMessage = introMessage
        self.questionCount = questionCount
        self.timeLimitSeconds = timeLimitSeconds
        self.deadlineAt = deadlineAt
        self.candidateURL = candidateURL
        self.contactEmail = contactEmail
    }

    public var subject: String { "Your video interview for \(jobTitle) at \(organization)" }
    public var replyTo: String? { contactEmail }

    public func body() throws(MailError) -> MailBody {
        let introduction = introMessage?.split(whereSeparator: \.isNewline).map(String.init) ?? []
        return try MailTemplate(
            title: subject,
            paragraphs: [
                "Hi \(candidateName),",
                "You've been invited to complete a video interview for the \(jobTitle) position at \(organization).",
            ] + introduction,
            facts: [
                counted(questionCount, "question"),
                "\(duration(timeLimitSeconds)) per question",
                "Must be completed by \(MailDate.text(deadlineAt))",
            ],
            button: .init(label: "Begin Interview", link: candidateURL),
            foot: "If you have technical difficulties, contact \(contactEmail)."
        ).render()
    }
}
