import Endpoint
import Events
import Identity
import Interviews
import JSON
import Postgres
import Validation

/// Decides an interview: a recommendation with its reason, notes, and the status of its review.
///
/// A recommendation asks for a complete review and closes the scores. Setting the status back to
/// `SUBMITTED` reopens the review and takes the recommendation back; both stay in the ledger.
@main struct DecideInterview: Endpoint {
    static let route = Route.patch("/api/async-interviews/{id}")
    static let access = Access.recruiter
    static let summary = "Decide an interview"
    static let failures: [Failure.Code] = [.notFound, .conflict]

    struct Input: Decodable {
        let id: Identifier
        let recommendation: Recommendation?
        /// Why; required with a recommendation.
        let reason: Text<1, 4_000>?
        /// An empty text takes the notes away.
        let recruiterNotes: Text<0, 10_000>?
        let status: InterviewStatus?
        /// The `decisionUpdatedAt` of what is changed. Without it, the last one to save wins.
        let version: SeenVersion?
    }

    struct Output: Codable {
        let id: Identifier
        let status: InterviewStatus
        let recommendation: Recommendation?
        let reason: String?
        let recruiterNotes: String?
        let reviewedAt: Timestamp?
        let reviewedBy: Person?
        let decisionUpdatedAt: Timestamp?
    }

    private struct Current: Decodable {
        let status: InterviewStatus
        let recommendation: Recommendation?
        let reviewIsComplete: Bool
        let decisionUpdatedAt: Timestamp?
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> Output {
        try caller.database.transaction { transaction throws(Failure) in
            let current: Current? = try transaction.row(
                """
                SELECT status_now(status, deadline_at) AS status, recommendation, review_is_complete(id), decision_updated_at
                FROM async_interview WHERE id = \(input.id) FOR UPDATE
                """)
            // After the database has confirmed the caller: strangers learn nothing of what is accepted.
            try Self.check(input)
            guard let current else { throw .notFound("interview") }
            let status = input.status ?? (input.recommendation == nil ? current.status : .reviewed)
            try Self.check(input, status, against: current)
            save(input, isReopened: status == .submitted && current.status == .reviewed, transaction)
            if status != current.status { set(status, of: input.id, transaction) }
            if let recommendation = input.recommendation {
                transaction.emit(
                    .interviewDecided,
                    ["interviewId": .string(input.id.description), "recommendation": .string(recommendation.rawValue)])
            }
            return try result(input.id, transaction)
        }
    }

    /// What can be told from the request alone.
    private static func check(_ input: Input) throws(Failure) {
        var problems: [Problem] = []
        if input.recommendation != nil, input.reason == nil {
            problems.append(Problem(field: "reason", message: "is required with a recommendation"))
        }
        if input.recommendation == nil, input.reason != nil, input.status != .submitted {
            problems.append(Problem(field: "reason", message: "needs the recommendation that it is for"))
        }
        if input.recommendation != nil, let status = input.status, status != .reviewed {
            problems.append(Problem(field: "status", message: "must be REVIEWED with a recommendation"))
        }
        if input.recommendation == nil, input.recruiterNotes == nil, input.status == nil, problems.isEmpty {
            problems.append(Problem(field: "", message: "must change something"))
        }
        guard problems.isEmpty else { throw .invalid(problems) }
    }

    private static func check(_ input: Input, _ status: InterviewStatus, against current: Current) throws(Failure) {
        if let version = input.version, !version.isCurrent(current.decisionUpdatedAt) {
            let saved = current.decisionUpdatedAt?.description ?? "none"
            throw .conflict(
                "The decision or its notes were changed meanwhile. Saved: version \(saved), recommendation \(current.recommendation?.rawValue ?? "none"). Edited here: version \(version.words), recommendation \(input.recommendation?.rawValue ?? "none").")
        }
        try Transitions.check(from: current.status, to: status, by: .review)
        if status == .reviewed, !current.reviewIsComplete {
            throw .conflict("The review is not complete: every answer needs a score from everyone who was asked to review.")
        }
    }

    private func save(_ input: Input, isReopened: Bool, _ transaction: Transaction) {
        transaction.queue(
            """
            UPDATE async_interview SET
                recommendation = CASE WHEN \(isReopened) THEN NULL ELSE coalesce(\(input.recommendation), recommendation) END,
                recruiter_notes = CASE WHEN \(input.recruiterNotes)::text IS NULL THEN recruiter_notes
                    ELSE nullif(trim(\(input.recruiterNotes)::text), '') END,
                decision_updated_at = next_version(decision_updated_at), updated_at = now()
            WHERE id = \(input.id)
            """)
        guard isReopened || input.recommendation != nil else { return }
        transaction.queue(
            """
            INSERT INTO decision_ledger (organization_id, async_interview_id, account_id, recommendation, reason)
            VALUES (caller_organization(), \(input.id), caller_account(), \(input.recommendation), \(input.reason))
            """)
    }

    private func set(_ status: InterviewStatus, of id: Identifier, _ transaction: Transaction) {
        let isReviewed = status == .reviewed
        transaction.queue(
            """
            UPDATE async_interview SET status = \(status), reviewed_at = CASE WHEN \(isReviewed) THEN now() END,
                reviewed_by_id = CASE WHEN \(isReviewed) THEN caller_account() END
            WHERE id = \(id)
            """)
    }

    private func result(_ id: Identifier, _ transaction: Transaction) throws(Failure) -> Output {
        let output: Output? = try transaction.row(
            """
            SELECT id, status_now(status, deadline_at) AS status, recommendation, reviewed_at, decision_updated_at, recruiter_notes,
                CASE WHEN recommendation IS NOT NULL THEN decision_reason(id) END AS reason,
                (SELECT json_build_object('id', u.id, 'name', u.name) FROM account u WHERE u.id = reviewed_by_id) AS reviewed_by
            FROM async_interview WHERE id = \(id)
            """)
        guard let output else { throw .internal("an interview that was decided is gone") }
        return output
    }
}
