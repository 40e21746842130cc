public import FoundationEssentials

/// What confirms to a candidate that their answers have arrived, and when.
public struct Receipt: Letter {
    /// What was received to one question.
    public struct Answer: Sendable {
        /// From 1.
        public let position: Int
        public let form: Form

        public enum Form: Sendable {
            case video(seconds: Int)
            case text(characters: Int)
        }

        public init(position: Int, form: Form) {
            self.position = position
            self.form = form
        }
    }

    public let candidateName: String
    public let jobTitle: String
    public let organization: String
    public let answers: [Answer]
    public let submittedAt: Date
    /// Where the candidate can look at what was submitted.
    public let candidateURL: String
    /// The recruiter's address: for questions and for replies.
    public let contactEmail: String

    public init(
        candidateName: String, jobTitle: String, organization: String, answers: [Answer], submittedAt: Date,
        candidateURL: String, contactEmail: String
    ) {
        self.candidateName = candidateName
        self.jobTitle = jobTitle
        self.organization = organization
        self.answers = answers
        self.submittedAt = submittedAt
        self.candidateURL = candidateURL
        self.contactEmail = contactEmail
    }

    public var subject: String { "We received your video interview for \(jobTitle) at \(organization)" }
    public var replyTo: String? { contactEmail }

    public func body() throws(MailError) -> MailBody {
        try MailTemplate(
            title: subject,
            paragraphs: [
                "Hi \(candidateName),",
                "Thank you. Your interview for the \(jobTitle) position at \(organization) was submitted and has arrived completely. There is nothing more for you to do.",
            ],
            facts: ["Submitted \(MailDate.text(submittedAt))"] + answers.map(\.words),
            button: .init(label: "View Submission", link: candidateURL),
            foot: "Keep this message as your receipt. If you have questions, contact \(contactEmail)."
        ).render()
    }
}

extension Receipt.Answer {
    /// `Question 2: video, 1 minute 30 seconds`.
    fileprivate var words: String {
        switch form {
        case .video(let seconds): "Question \(position): video, \(duration(seconds))"
        case .text(let characters): "Question \(position): written answer, \(counted(characters, "character"))"
        }
    }
}
