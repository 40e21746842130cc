import Deletion
import Endpoint
import Events
import Postgres
import Validation

/// Deletes what has been kept long enough, some at a time, and comes back the next day. What was planned for other
/// periods does nothing any more.
@main struct ApplyRetention: Endpoint {
    static let route = Route.post("/api/webhooks/retention")
    static let access = Access.event(.retentionDue)
    static let summary = "Webhook: delete what has been kept long enough"
    static let success = Success.noContent
    static let failures: [Failure.Code] = [.notFound]

    struct Input: Decodable {
        /// The setting's.
        let version: Whole<1, 1_000_000>
    }

    private struct Outcome: Decodable {
        let deleted: Int
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Service) throws(Failure) -> Nothing {
        try caller.once { transaction throws(Failure) in
            let held = try transaction.execute(
                """
                SELECT FROM retention_setting
                WHERE version = \(input.version) AND num_nonnulls(recording_days, interview_days, candidate_days) > 0
                """)
            guard held == 1 else { return }
            let outcome: Outcome? = try transaction.row(
                """
                SELECT count(delete_for_good(due.scope, due.subject_id, 'RETENTION')) AS deleted
                FROM (SELECT found.* FROM retention_setting s
                    CROSS JOIN LATERAL retention_due(s.recording_days, s.interview_days, s.candidate_days) found
                    ORDER BY subject_id LIMIT \(Retention.batch)::integer) due
                """)
            let isMore = outcome?.deleted == Retention.batch
            transaction.queue(
                """
                WITH next AS (
                    UPDATE retention_setting SET next_at = CASE WHEN \(isMore) THEN now() ELSE now() + interval '1 day' END
                    RETURNING version, next_at)
                SELECT emit('retention.due', jsonb_build_object('version', version), next_at) FROM next
                """)
        }
        return Nothing()
    }
}
