import Endpoint
import Identity
import Interviews
import JSON
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

    /// How long after asking somebody they are not mailed yet, in seconds, so that a slip can be undone.
    static let graceSeconds = 20

    struct Input: Decodable {
        let id: Identifier
        let accountIds: List<Identifier, 0, 20>
    }

    struct Output: Codable {
        /// Those who were asked, and whoever has scored besides.
        let reviewers: [Reviewer]
    }

    private struct Facts: Decodable {
        let recommendation: Recommendation?
        let runsInterview: Bool
        let knowsAll: Bool
        /// Names of those whose account was deactivated.
        let deactivated: [String]
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> Output {
        let accounts = JSON.array(input.accountIds.elements.map { .string($0.description) })
        return try caller.database.transaction { transaction throws(Failure) in
            let facts: Facts? = try transaction.row(
                """
                WITH given AS (SELECT jsonb_array_elements_text(\(accounts))::uuid AS id)
                SELECT recommendation, runs_interview(id), NOT EXISTS (
                        SELECT FROM given WHERE given.id NOT IN (SELECT account.id FROM account)) AS knows_all,
                    array_to_json(ARRAY(
                        SELECT name FROM account JOIN given USING (id) WHERE deactivated_at IS NOT NULL ORDER BY name)) AS deactivated
                FROM async_interview WHERE id = \(input.id) FOR UPDATE
                """)
            guard let facts else { throw .notFound("interview") }
            guard facts.runsInterview else {
                throw .denied("Only whoever created this interview and administrators may say who reviews it.")
            }
            guard facts.knowsAll else { throw .notFound("account") }
            guard facts.deactivated.isEmpty else { throw .deactivated(facts.deactivated, in: "accountIds") }
            guard facts.recommendation == nil else {
                throw .conflict("This interview is decided. Reopen the review to change who does it.")
            }
            assign(accounts, to: input.id, transaction)
            let output: Output? = try transaction.row("SELECT reviewers(\(input.id)) AS reviewers")
            guard let output else { throw .internal("no row from a function") }
            return output
        }
    }

    private func assign(_ accounts: JSON, to interview: Identifier, _ transaction: Transaction) {
        transaction.queue(
            """
            DELETE FROM reviewer WHERE async_interview_id = \(interview)
                AND account_id NOT IN (SELECT jsonb_array_elements_text(\(accounts))::uuid)
            """)
        transaction.queue(
            """
            WITH added AS (
                INSERT INTO reviewer (organization_id, async_interview_id, account_id)
                SELECT DISTINCT caller_organization(), \(interview), jsonb_array_elements_text(\(accounts))::uuid
                ON CONFLICT DO NOTHING RETURNING account_id)
            SELECT emit('review.asked', jsonb_build_object('interviewId', \(interview)::uuid, 'accountId', account_id),
                now() + \(Self.graceSeconds) * interval '1 second')
            FROM added WHERE account_id <> caller_account()
            """)
        transaction.queue("CALL note_review(\(interview))")
    }
}
