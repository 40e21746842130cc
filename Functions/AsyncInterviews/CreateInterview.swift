import Endpoint
import Identity
import Interviews
import Postgres
import Validation

/// Creates an interview as a draft, with its link and the linked record that evaluations refer to.
@main struct CreateInterview: Endpoint {
    static let route = Route.post("/api/async-interviews")
    static let access = Access.recruiter
    static let summary = "Create an asynchronous interview"
    static let success = Success.created
    static let failures: [Failure.Code] = [.notFound]

    typealias Input = InterviewDraft

    struct Output: Codable {
        let id: Identifier
        let status: InterviewStatus
        let assessmentId: Identifier
        let candidateId: Identifier
        let linkedInterviewId: Identifier
        let timeLimitSeconds: Int
        let thinkTimeSeconds: Int
        let retakePolicy: RetakePolicy
        let deadlineAt: Timestamp
        let introMessage: String?
        let outroMessage: String?
        let invitationEmail: String
        let invitationToken: String
        let candidateURL: String
        let createdAt: Timestamp
    }

    private struct Row: Decodable {
        let linkedInterviewId: Identifier
        let createdAt: Timestamp
    }

    let invitations: Invitations

    init(_ environment: Environment) throws(Failure) { invitations = try Invitations(environment) }

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> Output {
        let id = Identifier.new()
        let row = try caller.database.transaction { transaction throws(Failure) in
            let row = try create(id, input, transaction)
            input.accommodations?.set(for: id, transaction)
            return row
        }
        return Output(
            id: id, status: .draft, assessmentId: input.assessmentId, candidateId: input.candidateId,
            linkedInterviewId: row.linkedInterviewId, timeLimitSeconds: input.timeLimitSeconds.value,
            thinkTimeSeconds: input.thinkTime, retakePolicy: input.retakes, deadlineAt: input.deadlineAt.value,
            introMessage: input.introMessage?.value, outroMessage: input.outroMessage?.value,
            invitationEmail: input.invitationEmail.value, invitationToken: invitations.token(for: id),
            candidateURL: invitations.url(for: id), createdAt: row.createdAt)
    }

    private func create(_ id: Identifier, _ input: Input, _ transaction: Transaction) throws(Failure) -> Row {
        let row: Row? = try transaction.row(
            """
            WITH created AS (
                INSERT INTO async_interview (
                    id, organization_id, assessment_id, candidate_id, created_by_id, time_limit_seconds,
                    think_time_seconds, retake_policy, deadline_at, intro_message, outro_message, invitation_email,
                    invitation_token_hash)
                SELECT \(id), caller_organization(), a.id, c.id, caller_account(), \(input.timeLimitSeconds),
                    \(input.thinkTime), \(input.retakes), \(input.deadlineAt), \(input.introMessage), \(input.outroMessage),
                    \(input.invitationEmail), \(Invitations.hash(invitations.token(for: id)))
                FROM assessment a, candidate c
                WHERE a.id = \(input.assessmentId) AND a.status = 'ACTIVE' AND c.id = \(input.candidateId)
                RETURNING *)
            INSERT INTO interview (organization_id, assessment_id, candidate_id, async_interview_id)
            SELECT organization_id, assessment_id, candidate_id, id FROM created
            RETURNING id AS linked_interview_id, now() AS created_at
            """)
        guard let row else { throw .notFound("active assessment or candidate") }
        return row
    }
}
