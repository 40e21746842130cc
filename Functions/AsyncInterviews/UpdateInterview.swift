import Endpoint
import Identity
import Interviews
import Postgres

/// Configures a draft anew. What was sent stays as it is but for its deadline: the candidate relies on it.
@main struct UpdateInterview: Endpoint {
    static let route = Route.put("/api/async-interviews/{id}")
    static let access = Access.recruiter
    static let summary = "Change a draft's configuration"
    static let failures: [Failure.Code] = [.notFound, .conflict]

    typealias Input = InterviewEdit

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> InterviewEdit.Draft {
        try caller.database.transaction(input.save)
    }
}
