import Endpoint
import Identity
import Interviews
import JSON
import Postgres
import Validation

/// Configures a draft anew. What was sent stays as it is but for its deadline: the candidate relies on it.
@main struct UpdateInterview: Endpoint {
    static let route = Route.put("/api/async-interviews/{id}")
    static let access = Access.recruiter
    static let summary = "Change a draft's configuration"
    static let failures: [Failure.Code] = [.notFound, .conflict]

    struct Input: Decodable {
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
    }

    struct Output: Codable {
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

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> Output {
        try caller.database.transaction { transaction throws(Failure) in
            transaction.queue("SELECT FROM async_interview WHERE id = \(input.id) FOR UPDATE")
            guard let current = try read(input.id, transaction) else { throw .notFound("interview") }
            guard current.status == .draft else {
                throw .conflict(
                    "Only an interview that is DRAFT is configured anew; this one is \(current.status.rawValue). Its deadline can still be moved.")
            }
            try check(input.version, against: current)
            try setAccommodations(input, transaction)
            try save(input, transaction)
            guard let saved = try read(input.id, transaction) else { throw .internal("a draft that was saved is gone") }
            return saved
        }
    }

    private func read(_ id: Identifier, _ transaction: Transaction) throws(Failure) -> Output? {
        try transaction.row(
            """
            SELECT id, status_now(status, deadline_at) AS status, assessment_id, candidate_id, time_limit_seconds, think_time_seconds,
                retake_policy, deadline_at, intro_message, outro_message, invitation_email, configured_at
            FROM async_interview WHERE id = \(id)
            """)
    }

    private func check(_ version: SeenVersion, against current: Output) throws(Failure) {
        guard !version.isCurrent(current.configuredAt) else { return }
        let members: [JSON.Member]
        do {
            members = [
                .init("yourVersion", .string(version.words)),
                .init("currentVersion", .string(current.configuredAt.description)),
                .init("current", try JSON(encoding: current)),
            ]
        } catch {
            throw .internal("the current version could not be written as JSON: \(error)")
        }
        throw .conflict(
            "This draft was changed meanwhile: yours was made from version \(version.words), the current one is \(current.configuredAt).",
            members)
    }

    private func setAccommodations(_ input: Input, _ transaction: Transaction) throws(Failure) {
        guard let accommodations = input.accommodations else { return }
        let rights: Rights? = try transaction.row("SELECT may_accommodate(\(input.id))")
        try Accommodations.check(rights?.mayAccommodate ?? false)
        accommodations.set(for: input.id, transaction)
    }

    private func save(_ input: Input, _ transaction: Transaction) throws(Failure) {
        let saved = try transaction.execute(
            """
            WITH chosen AS (
                SELECT a.id AS assessment, c.id AS candidate FROM assessment a, candidate c
                WHERE a.id = \(input.assessmentId) AND a.status = 'ACTIVE' AND c.id = \(input.candidateId)),
            linked AS (
                UPDATE interview SET assessment_id = assessment, candidate_id = candidate
                FROM chosen WHERE async_interview_id = \(input.id))
            UPDATE async_interview SET
                assessment_id = assessment, candidate_id = candidate, time_limit_seconds = \(input.timeLimitSeconds),
                think_time_seconds = \(input.thinkTimeSeconds?.value ?? 30), retake_policy = \(input.retakePolicy ?? .one),
                deadline_at = \(input.deadlineAt), intro_message = \(input.introMessage), outro_message = \(input.outroMessage),
                invitation_email = \(input.invitationEmail), configured_at = next_version(configured_at), updated_at = now()
            FROM chosen WHERE id = \(input.id)
            """)
        guard saved == 1 else { throw .notFound("active assessment or candidate") }
    }
}
