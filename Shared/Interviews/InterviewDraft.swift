public import Endpoint
public import Postgres
public import Validation

/// An interview as a recruiter configures it.
public struct InterviewDraft: Decodable, Sendable {
    public let assessmentId: Identifier
    public let candidateId: Identifier
    public let timeLimitSeconds: Whole<30, 600>
    /// ``usualRetakes`` unless stated.
    public let retakePolicy: RetakePolicy?
    public let deadlineAt: FutureDate
    /// ``usualThinkTime`` unless stated.
    public let thinkTimeSeconds: Whole<0, 120>?
    public let introMessage: Text<0, 5000>?
    public let outroMessage: Text<0, 5000>?
    public let invitationEmail: EmailAddress
    public let accommodations: Accommodations?

    public static let usualRetakes = RetakePolicy.one
    /// Seconds.
    public static let usualThinkTime = 30

    /// How often an answer may be recorded again.
    public var retakes: RetakePolicy { retakePolicy ?? Self.usualRetakes }
    /// How long the candidate thinks before each answer, in seconds.
    public var thinkTime: Int { thinkTimeSeconds?.value ?? Self.usualThinkTime }
}

extension InterviewDraft {
    /// Writes the draft down, with the linked record that evaluations refer to.
    ///
    /// - Parameter tokenHash: of the candidate's link.
    /// - Throws: `NOT_FOUND` unless assessment and candidate are there and the assessment is active.
    public func create(_ id: Identifier, tokenHash: [UInt8], _ transaction: Transaction) throws(Failure) -> CreatedInterview {
        let created: CreatedInterview? = try transaction.row(
            """
            WITH created AS (
                INSERT INTO async_interview (
                    id, organization_id, assessment_id, candidate_id, created_by_id, time_limit_seconds,
                    think_time_seconds, retake_policy, deadline_at, intro_message, outro_message, invitation_email,
                    invitation_token_hash)
                SELECT \(id), caller_organization(), a.id, c.id, caller_account(), \(timeLimitSeconds),
                    \(thinkTime), \(retakes), \(deadlineAt), \(introMessage), \(outroMessage),
                    \(invitationEmail), \(tokenHash)
                FROM assessment a, candidate c
                WHERE a.id = \(assessmentId) AND a.status = 'ACTIVE' AND c.id = \(candidateId)
                RETURNING *)
            INSERT INTO interview (organization_id, assessment_id, candidate_id, async_interview_id)
            SELECT organization_id, assessment_id, candidate_id, id FROM created
            RETURNING id AS linked_interview_id, now() AS created_at
            """)
        guard let created else { throw .notFound("active assessment or candidate") }
        accommodations?.set(for: id, transaction)
        return created
    }
}

/// What the database adds to an interview that is created.
public struct CreatedInterview: Decodable, Sendable {
    public let linkedInterviewId: Identifier
    public let createdAt: Timestamp
}
