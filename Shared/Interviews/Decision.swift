public import Endpoint
public import Postgres
public import Validation

/// A recommendation with its reason, notes, and the status of a review, as they are sent to be saved.
///
/// A recommendation asks for a complete review and closes the scores. Setting the status back to
/// `SUBMITTED` reopens the review and takes the recommendation back; both stay in the ledger.
public struct Decision: Decodable {
    public let id: Identifier
    public let recommendation: Recommendation?
    /// Why; required with a recommendation.
    public let reason: Text<1, 4_000>?
    /// An empty text takes the notes away.
    public let recruiterNotes: Text<0, 10_000>?
    public let status: InterviewStatus?
    /// The `decisionUpdatedAt` of what is changed. Without it, the last one to save wins.
    public let version: SeenVersion?

    /// The interview after it.
    public struct Saved: Codable {
        public let id: Identifier
        public let status: InterviewStatus
        public let recommendation: Recommendation?
        public let reason: String?
        public let recruiterNotes: String?
        public let reviewedAt: Timestamp?
        public let reviewedBy: Person?
        public let decisionUpdatedAt: Timestamp?
    }

    private struct Current: Decodable {
        let status: InterviewStatus
        let recommendation: Recommendation?
        let reviewIsComplete: Bool
        let decisionUpdatedAt: Timestamp?
    }
}

extension Decision {
    /// - Throws: `VALIDATION_FAILED` for what does not go together, `NOT_FOUND`, and `CONFLICT` when the
    ///   review does not allow it or it was changed meanwhile.
    public func save(_ transaction: Transaction) throws(Failure) -> Saved {
        let current: Current? = try transaction.row(
            """
            SELECT status_now(status, deadline_at) AS status, recommendation, review_is_complete(id), decision_updated_at
            FROM async_interview WHERE id = \(id) FOR UPDATE
            """)
        // After the database has confirmed the caller: strangers learn nothing of what is accepted.
        try check()
        guard let current else { throw .notFound("interview") }
        let next = status ?? (recommendation == nil ? current.status : .reviewed)
        try check(next, against: current)
        save(isReopened: next == .submitted && current.status == .reviewed, transaction)
        if next != current.status { set(next, transaction) }
        return try result(transaction)
    }

    /// What can be told from the request alone.
    private func check() throws(Failure) {
        var problems: [Problem] = []
        if recommendation != nil, reason == nil {
            problems.append(Problem(field: "reason", message: "is required with a recommendation"))
        }
        if recommendation == nil, reason != nil, status != .submitted {
            problems.append(Problem(field: "reason", message: "needs the recommendation that it is for"))
        }
        if recommendation != nil, let status, status != .reviewed {
            problems.append(Problem(field: "status", message: "must be REVIEWED with a recommendation"))
        }
        if recommendation == nil, recruiterNotes == nil, status == nil, problems.isEmpty {
            problems.append(Problem(field: "", message: "must change something"))
        }
        guard problems.isEmpty else { throw .invalid(problems) }
    }

    private func check(_ status: InterviewStatus, against current: Current) throws(Failure) {
        if let version, !version.isCurrent(current.decisionUpdatedAt) {
            let saved = current.decisionUpdatedAt?.description ?? "none"
            throw .conflict(
                "The decision or its notes were changed meanwhile. Saved: version \(saved), recommendation \(current.recommendation?.rawValue ?? "none"). Edited here: version \(version.words), recommendation \(recommendation?.rawValue ?? "none").")
        }
        try Transitions.check(from: current.status, to: status, by: .review)
        if status == .reviewed, !current.reviewIsComplete {
            throw .conflict("The review is not complete: every answer needs a score from everyone who was asked to review.")
        }
    }

    private func save(isReopened: Bool, _ transaction: Transaction) {
        transaction.queue(
            """
            UPDATE async_interview SET
                recommendation = CASE WHEN \(isReopened) THEN NULL ELSE coalesce(\(recommendation), recommendation) END,
                recruiter_notes = CASE WHEN \(recruiterNotes)::text IS NULL THEN recruiter_notes
                    ELSE nullif(trim(\(recruiterNotes)::text), '') END,
                decision_updated_at = next_version(decision_updated_at), updated_at = now()
            WHERE id = \(id)
            """)
        guard isReopened || recommendation != nil else { return }
        transaction.queue(
            """
            INSERT INTO decision_ledger (organization_id, async_interview_id, account_id, recommendation, reason)
            VALUES (caller_organization(), \(id), caller_account(), \(recommendation), \(reason))
            """)
    }

    private func set(_ status: InterviewStatus, _ transaction: Transaction) {
        let isReviewed = status == .reviewed
        transaction.queue(
            """
            UPDATE async_interview SET status = \(status), reviewed_at = CASE WHEN \(isReviewed) THEN now() END,
                reviewed_by_id = CASE WHEN \(isReviewed) THEN caller_account() END
            WHERE id = \(id)
            """)
    }

    private func result(_ transaction: Transaction) throws(Failure) -> Saved {
        let saved: Saved? = try transaction.row(
            """
            SELECT id, status_now(status, deadline_at) AS status, recommendation, reviewed_at, decision_updated_at, recruiter_notes,
                CASE WHEN recommendation IS NOT NULL THEN decision_reason(id) END AS reason,
                (SELECT json_build_object('id', u.id, 'name', u.name) FROM account u WHERE u.id = reviewed_by_id) AS reviewed_by
            FROM async_interview WHERE id = \(id)
            """)
        guard let saved else { throw .internal("an interview that was decided is gone") }
        return saved
    }
}
