import Endpoint
import Identity
import Interviews
import Postgres

/// Lists and searches the organisation's interviews, newest first.
@main struct ListInterviews: Endpoint {
    static let route = Route.get("/api/async-interviews")
    static let access = Access.recruiter
    static let summary = "List and search asynchronous interviews, newest first"

    typealias Input = InterviewSearch

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> InterviewSearch.Found {
        try input.find(caller.database)
    }
}
