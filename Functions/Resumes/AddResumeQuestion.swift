import Endpoint
import Identity
import Postgres
import ResumeRecords
import Validation

/// Adds a question that was made for one candidate to an assessment that is still a draft.
@main struct AddResumeQuestion: Endpoint {
    static let route = Route.post("/api/resume/{candidateId}/questions/{id}/add")
    static let access = Access.recruiter
    static let summary = "Add a tailored question to a draft of an assessment"
    static let success = Success.created
    static let failures: [Failure.Code] = [.notFound, .conflict]

    struct Input: Decodable {
        let candidateId: Identifier
        let id: Identifier
        let assessmentId: Identifier
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> AddedQuestion {
        try caller.database.transaction { transaction throws(Failure) in
            try AddedQuestion.add(input.id, of: input.candidateId, to: input.assessmentId, transaction)
        }
    }
}
