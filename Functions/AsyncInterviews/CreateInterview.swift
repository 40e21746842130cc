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

    let invitations: Invitations

    init(_ environment: Environment) throws(Failure) { invitations = try Invitations(environment) }

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> Output {
        let id = Identifier.new()
        let token = invitations.token(for: id)
        let created = try caller.database.transaction { transaction throws(Failure) in
            try input.create(id, tokenHash: Invitations.hash(token), transaction)
        }
        return Output(
            id: id, status: .draft, assessmentId: input.assessmentId, candidateId: input.candidateId,
            linkedInterviewId: created.linkedInterviewId, timeLimitSeconds: input.timeLimitSeconds.value,
            thinkTimeSeconds: input.thinkTime, retakePolicy: input.retakes, deadlineAt: input.deadlineAt.value,
            introMessage: input.introMessage?.value, outroMessage: input.outroMessage?.value,
            invitationEmail: input.invitationEmail.value, invitationToken: token,
            candidateURL: invitations.url(for: id), createdAt: created.createdAt)
    }
}
