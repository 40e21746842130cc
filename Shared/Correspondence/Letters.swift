public import Endpoint
import FoundationEssentials
import Identity
public import Mail
public import Validation

/// Writes the letters about an interview from its facts, in the one way in which they are sent and
/// previewed.
public struct Letters {
    private let invitations: Invitations
    let baseURL: String

    public init(_ environment: Environment) throws(Failure) {
        invitations = try Invitations(environment)
        baseURL = try environment.baseURL()
    }

    /// The letter of a kind, as of now.
    /// - Parameter previousDeadlineAt: what the deadline was before, for `deadlineChanged`.
    public func letter(
        _ kind: MailKind, about interview: Identifier, _ facts: InterviewFacts, previousDeadlineAt: Timestamp? = nil
    ) -> any Letter {
        let name = facts.candidateName
        let link = invitations.url(for: interview)
        let contact = facts.recruiterEmail
        switch kind {
        case .invitation:
            return Invitation(
                candidateName: name, jobTitle: facts.jobTitle, organization: facts.organization,
                introMessage: facts.introMessage, questionCount: facts.questionCount,
                timeLimitSeconds: facts.timeLimitSeconds, deadlineAt: Date(facts.deadlineAt), candidateURL: link,
                contactEmail: contact)
        case .reminder:
            return Reminder(
                candidateName: name, jobTitle: facts.jobTitle, organization: facts.organization,
                questionCount: facts.questionCount, answerCount: facts.answers.count, deadlineAt: Date(facts.deadlineAt),
                candidateURL: link, contactEmail: contact)
        case .receipt:
            return Receipt(
                candidateName: name, jobTitle: facts.jobTitle, organization: facts.organization,
                answers: facts.answers.map(\.received), submittedAt: Date(facts.submittedAt ?? .now), candidateURL: link,
                contactEmail: contact)
        case .deadlineChanged:
            return DeadlineChange(
                candidateName: name, jobTitle: facts.jobTitle, organization: facts.organization,
                deadlineAt: Date(facts.deadlineAt), previousDeadlineAt: previousDeadlineAt.map { Date($0) },
                candidateURL: link, contactEmail: contact)
        case .cancelled:
            return Cancellation(
                candidateName: name, jobTitle: facts.jobTitle, organization: facts.organization, contactEmail: contact)
        case .readyToReview:
            return ReadyToReview(
                recipientName: facts.recruiterName, candidateName: name, jobTitle: facts.jobTitle,
                organization: facts.organization, answerCount: facts.answers.count,
                submittedAt: Date(facts.submittedAt ?? .now), reviewURL: "\(baseURL)/async-interviews/\(interview)")
        case .reviewReady:
            return ReadyToReview(
                recipientName: facts.recipient(of: kind).name, isAsked: true, candidateName: name, jobTitle: facts.jobTitle,
                organization: facts.organization, answerCount: facts.answers.count,
                submittedAt: Date(facts.submittedAt ?? .now), reviewURL: "\(baseURL)/async-interviews/\(interview)")
        case .reviewAsked:
            return ReviewAsked(
                reviewerName: facts.recipient(of: kind).name, candidateName: name, jobTitle: facts.jobTitle,
                organization: facts.organization, questionCount: facts.questionCount,
                submittedAt: facts.submittedAt.map { Date($0) }, reviewURL: "\(baseURL)/async-interviews/\(interview)")
        }
    }
}

extension InterviewFacts {
    /// Whom a mail of that kind goes to.
    public func recipient(of kind: MailKind) -> (name: String, address: String) {
        switch kind {
        case .reviewAsked, .reviewReady: (reviewerName ?? recruiterName, reviewerEmail ?? recruiterEmail)
        case .readyToReview: (recruiterName, recruiterEmail)
        default: (candidateName, invitationEmail)
        }
    }
}

extension InterviewFacts.Answer {
    fileprivate var received: Receipt.Answer {
        Receipt.Answer(position: position, form: characters.map { .text(characters: $0) } ?? .video(seconds: seconds))
    }
}
