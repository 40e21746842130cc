import Endpoint
import Identity
import Interviews
import Postgres

/// Saves the caller's own score of one answer as an evaluation of the linked interview, and what
/// was suggested at that moment in the ledger.
///
/// The answer's `recruiterScore` is the mean of all reviewers' scores as a whole level, halves
/// upwards; its `recruiterNotes` are those saved last.
@main struct ScoreResponse: Endpoint {
    static let route = Route.post("/api/async-interviews/{id}/score")
    static let access = Access.recruiter
    static let summary = "Score an answer"
    static let failures: [Failure.Code] = [.notFound, .conflict]

    typealias Input = AnswerScore

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> AnswerScore.Saved {
        try caller.database.transaction(input.save)
    }
}
