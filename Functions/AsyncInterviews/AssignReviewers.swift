import Endpoint
import Identity
import Interviews
import Postgres
import Validation

/// Says who is to review an interview, in the place of whoever was asked before. The review is
/// complete when all of them have scored every answer; scores given by others stay and count. Whoever
/// is asked anew gets a mail, unless it is the caller.
@main struct AssignReviewers: Endpoint {
    static let route = Route.put("/api/async-interviews/{id}/reviewers")
    static let access = Access.recruiter
    static let summary = "Say who reviews an interview"
    static let failures: [Failure.Code] = [.notFound, .conflict]

    struct Input: Decodable {
        let id: Identifier
        let accountIds: List<Identifier, 0, 20>
    }

    struct Output: Codable {
        /// Those who were asked, and whoever has scored besides.
        let reviewers: [Reviewer]
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> Output {
        let assignment = ReviewerAssignment(of: input.accountIds.elements, to: input.id)
        return try caller.database.transaction { transaction throws(Failure) in
            try assignment.check(transaction)
            assignment.save(transaction)
            let output: Output? = try transaction.row("SELECT reviewers(\(input.id)) AS reviewers")
            guard let output else { throw .internal("no row from a function") }
            return output
        }
    }
}
