public import Endpoint
public import Postgres
import Validation

/// A configuration to take the place of the one that a draft has, as it is sent to be saved.
public struct InterviewEdit: Decodable {
    let id: Identifier
    let assessmentId: Identifier
    let candidateId: Identifier
    let timeLimitSeconds: Whole<30, 600>
    let retakePolicy: RetakePolicy?
    let deadlineAt: FutureDate
    let thinkTimeSeconds: Whole<0, 120>?
    let introMessage: Text<0, 5000>?
    let outroMessage: Text<0, 5000>?
    let invitationEmail: EmailAddress
    /// Without it, those given before stay.
    let accommodations: Accommodations?
    /// The `configuredAt` of what is changed.
    let version: SeenVersion

    /// The draft with its configuration.
    public struct Draft: Codable {
        let id: Identifier
        let status: InterviewStatus
        let assessmentId: Identifier
        let candidateId: Identifier
        let timeLimitSeconds: Int
        let thinkTimeSeconds: Int
        let retakePolicy: RetakePolicy
        let deadlineAt: Timestamp
        let introMessage: String?
        let outroMessage: String?
        let invitationEmail: String
        let configuredAt: Timestamp
    }

    private struct Rights: Decodable {
        let mayAccommodate: Bool
    }
}

extension InterviewEdit {
    /// - Throws: `NOT_FOUND`, `CONFLICT` for an interview that is no draft any more or was changed meanwhile, and
    ///   `ACCESS_DENIED` to whoever may not change its accommodations.
    public func save(_ transaction: Transaction) throws(Failure) -> Draft {
        transaction.queue("SELECT FROM async_interview WHERE id = \(id) FOR UPDATE")
        guard let current = try read(transaction) else { throw .notFound("interview") }
        guard current.status == .draft else {
            throw .conflict(
                "Only an interview that is DRAFT is configured anew; this one is \(current.status.rawValue). Its deadline can still be moved.")
        }
        try version.check(against: current, of: current.configuredAt, "draft")
        try setAccommodations(transaction)
        try configure(transaction)
        guard let saved = try read(transaction) else { throw .internal("a draft that was saved is gone") }
        return saved
    }

    private func read(_ transaction: Transaction) throws(Failure) -> Draft? {
        try transaction.row(
            """
            SELECT id, status_now(status, deadline_at) AS status, assessment_id, candidate_id, time_limit_seconds, think_time_seconds,
                retake_policy, deadline_at, intro_message, outro_message, invitation_email, configured_at
            FROM async_interview WHERE id = \(id)
            """)
    }

    private func setAccommodations(_ transaction: Transaction) throws(Failure) {
        guard let accommodations else { return }
        let rights: Rights? = try transaction.row("SELECT may_accommodate(\(id))")
        try Accommodations.check(rights?.mayAccommodate ?? false)
        accommodations.set(for: id, transaction)
    }

    private func configure(_ transaction: Transaction) throws(Failure) {
        let configured = try transaction.execute(
            """
            WITH chosen AS (
                SELECT a.id AS assessment, c.id AS candidate FROM assessment a, candidate c
                WHERE a.id = \(assessmentId) AND a.status = 'ACTIVE' AND c.id = \(candidateId)),
            linked AS (
                UPDATE interview SET assessment_id = assessment, candidate_id = candidate
                FROM chosen WHERE async_interview_id = \(id))
            UPDATE async_interview SET
                assessment_id = assessment, candidate_id = candidate, time_limit_seconds = \(timeLimitSeconds),
                think_time_seconds = \(thinkTimeSeconds?.value ?? InterviewDraft.usualThinkTime),
                retake_policy = \(retakePolicy ?? InterviewDraft.usualRetakes), deadline_at = \(deadlineAt),
                intro_message = \(introMessage), outro_message = \(outroMessage), invitation_email = \(invitationEmail),
                configured_at = next_version(configured_at), updated_at = now()
            FROM chosen WHERE id = \(id)
            """)
        guard configured == 1 else { throw .notFound("active assessment or candidate") }
    }
}
