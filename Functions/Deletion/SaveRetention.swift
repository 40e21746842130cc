import Deletion
import Endpoint
import Identity
import Postgres
import Validation

/// Sets how long closed interviews and idle candidates are kept. It is applied for the first time a day later, so that a
/// mistake costs nothing.
@main struct SaveRetention: Endpoint {
    static let route = Route.put("/api/retention")
    static let access = Access.administrator
    static let summary = "Set how long closed interviews and idle candidates are kept"
    static let failures: [Failure.Code] = [.conflict]

    struct Input: Decodable {
        /// The one that the change was made from; 0 for the first.
        let version: Whole<0, 1_000_000>
        /// How long recordings are kept after their interview was closed, with what was made from them; null for ever.
        let recordingDays: Retention.Days?
        /// How long whole interviews are; null for ever.
        let interviewDays: Retention.Days?
        /// How long a candidate is kept after the last that happened to them, with everything about them; null for ever.
        let candidateDays: Retention.Days?
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> Retention {
        try caller.database.transaction { transaction throws(Failure) in
            let saved = try transaction.execute(
                """
                INSERT INTO retention_setting AS s (organization_id, recording_days, interview_days, candidate_days)
                SELECT caller_organization(), \(input.recordingDays), \(input.interviewDays), \(input.candidateDays)
                WHERE \(input.version) = 0 OR EXISTS (SELECT FROM retention_setting WHERE organization_id = caller_organization())
                ON CONFLICT (organization_id) DO UPDATE
                SET recording_days = excluded.recording_days, interview_days = excluded.interview_days,
                    candidate_days = excluded.candidate_days,
                    version = s.version + 1, next_at = now() + interval '1 day', updated_at = now()
                WHERE s.version = \(input.version)
                """)
            guard saved == 1 else {
                throw .conflict("These periods were changed meanwhile. Load them again, and make your change once more.")
            }
            transaction.queue(
                """
                SELECT emit('retention.due', jsonb_build_object('version', version), next_at) FROM retention_setting
                WHERE organization_id = caller_organization() AND num_nonnulls(recording_days, interview_days, candidate_days) > 0
                """)
        }
        return try Retention.read(caller.database)
    }
}
