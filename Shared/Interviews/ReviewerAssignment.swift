public import Endpoint
import JSON
public import Postgres
public import Validation

/// Those who are to review an interview, in the place of whoever was asked before.
public struct ReviewerAssignment {
    private let interview: Identifier
    /// Their accounts' ids.
    private let accounts: JSON

    /// How long after asking somebody they are not mailed yet, in seconds, so that a slip can be undone.
    private static let graceSeconds = 20

    public init(of accounts: [Identifier], to interview: Identifier) {
        self.interview = interview
        self.accounts = .array(accounts.map { .string($0.description) })
    }

    private struct Facts: Decodable {
        let recommendation: Recommendation?
        let runsInterview: Bool
        let knowsAll: Bool
        /// Names of those whose account was deactivated.
        let deactivated: [String]
    }

    /// - Throws: `NOT_FOUND`, `ACCESS_DENIED`, `VALIDATION_FAILED` with accounts that were deactivated, and `CONFLICT` for an
    ///   interview that is decided.
    public func check(_ transaction: Transaction) throws(Failure) {
        let facts: Facts? = try transaction.row(
            """
            WITH given AS (SELECT jsonb_array_elements_text(\(accounts))::uuid AS id)
            SELECT recommendation, runs_interview(id), NOT EXISTS (
                    SELECT FROM given WHERE given.id NOT IN (SELECT account.id FROM account)) AS knows_all,
                array_to_json(ARRAY(
                    SELECT name FROM account JOIN given USING (id) WHERE deactivated_at IS NOT NULL ORDER BY name)) AS deactivated
            FROM async_interview WHERE id = \(interview) FOR UPDATE
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
    }

    /// Whoever is asked anew gets a mail, unless it is the caller.
    public func save(_ transaction: Transaction) {
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
