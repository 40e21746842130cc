public import FoundationEssentials

/// What invites a candidate to a video interview.
public struct Invitation: Sendable {
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

    /// The invitation as a message; see `MailMessage` for its id and date.
    public func message(
        from: Mailbox, to: Mailbox, messageID: String, date: Date
    ) throws(MailError) -> MailMessage {
        let subject = "Your video interview for \(jobTitle) at \(organization)"
        let introduction =
            introMessage?.split(whereSeparator: \.isNewline).map(String.init) ?? []
        let (text, html) = try MailTemplate(
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
            action: "Begin Interview", link: candidateURL,
            foot: "If you have technical difficulties, contact \(contactEmail)."
        ).render()
        return try MailMessage(
            from: from, to: [to], replyTo: Mailbox(contactEmail), subject: subject, text: text,
            html: html, messageID: messageID, date: date)
    }
}

/// `1 question`, `2 questions`.
func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }

/// `2 minutes`, `1 minute 30 seconds`, `45 seconds`.
private func duration(_ seconds: Int) -> String {
    [(seconds / 60, "minute"), (seconds % 60, "second")]
        .filter { $0.0 > 0 }.map { counted($0.0, $0.1) }.joined(separator: " ")
}
