import Endpoint
import Identity
import Interviews
import Postgres
import Validation

/// Lists who reviews how much, what waits for whom, and how severe everybody is.
@main struct ListEvaluators: Endpoint {
    static let route = Route.get("/api/evaluators")
    static let access = Access.recruiter
    static let summary = "List who reviews how much, and how severely"

    struct Input: Decodable {
        /// How far back scores count as recent; 90 unless given.
        let days: Whole<1, 366>?
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> EvaluatorList {
        try .read(input.days?.value ?? 90, caller.database)
    }
}
