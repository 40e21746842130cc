import Endpoint
import Identity
import LiveInterviews
import Postgres

/// Saves an interviewer's own score of one question of a live interview as an evaluation.
@main struct ScoreLiveInterview: Endpoint {
    static let route = Route.post("/api/interviews/{id}/score")
    static let access = Access.recruiter
    static let summary = "Score a question of a live interview"
    static let failures: [Failure.Code] = [.notFound, .conflict]

    typealias Input = LiveScore

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> LiveScore.Saved {
        try caller.database.transaction(input.save)
    }
}
