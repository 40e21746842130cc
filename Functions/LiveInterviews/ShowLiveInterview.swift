import Endpoint
import Identity
import LiveInterviews
import Postgres
import Validation

/// A live interview with its questions, its scores as far as the caller may see them, and its mails.
@main struct ShowLiveInterview: Endpoint {
    static let route = Route.get("/api/interviews/{id}")
    static let access = Access.recruiter
    static let summary = "A live interview with questions, scores and mails"
    static let failures: [Failure.Code] = [.notFound]

    struct Input: Decodable {
        let id: Identifier
    }

    struct Output: Codable {
        let interview: LiveInterview
        let details: LiveDetails
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> Output {
        guard let found = try LiveDetails.read(input.id, caller.database) else { throw .notFound("interview") }
        return Output(interview: found.interview, details: found.details)
    }
}
