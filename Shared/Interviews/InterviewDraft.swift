public import Validation

/// An interview as a recruiter configures it.
public struct InterviewDraft: Decodable, Sendable {
    public let assessmentId: Identifier
    public let candidateId: Identifier
    public let timeLimitSeconds: Whole<30, 600>
    /// ``RetakePolicy/one`` unless stated.
    public let retakePolicy: RetakePolicy?
    public let deadlineAt: FutureDate
    /// 30 unless stated.
    public let thinkTimeSeconds: Whole<0, 120>?
    public let introMessage: Text<0, 5000>?
    public let outroMessage: Text<0, 5000>?
    public let invitationEmail: EmailAddress
    public let accommodations: Accommodations?

    /// How often an answer may be recorded again.
    public var retakes: RetakePolicy { retakePolicy ?? .one }
    /// How long the candidate thinks before each answer, in seconds.
    public var thinkTime: Int { thinkTimeSeconds?.value ?? 30 }
}
