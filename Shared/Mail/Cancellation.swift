/// What tells a candidate that an interview they were invited to was withdrawn.
public struct Cancellation: Letter {
    public let candidateName: String
    public let jobTitle: String
    public let organization: String
    /// The recruiter's address: for questions and for replies.
    public let contactEmail: String

    public init(candidateName: String, jobTitle: String, organization: String, contactEmail: String) {
        self.candidateName = candidateName
        self.jobTitle = jobTitle
        self.organization = organization
        self.contactEmail = contactEmail
    }

    public var subject: String { "Withdrawn: your video interview for \(jobTitle) at \(organization)" }
    public var replyTo: String? { contactEmail }

    public func body() throws(MailError) -> MailBody {
        try MailTemplate(
            title: subject,
            paragraphs: [
                "Hi \(candidateName),",
                "\(organization) has withdrawn your video interview for the \(jobTitle) position. Its link no longer works, and there is nothing for you to do.",
            ],
            foot: "If you have questions, contact \(contactEmail)."
        ).render()
    }
}
