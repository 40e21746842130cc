public import Endpoint
public import Postgres
public import Validation

/// How long an organisation keeps interviews that are closed and candidates who are idle, and what goes because of it.
public struct Retention: Codable, Sendable {
    public typealias Days = Whole<1, 3650>

    /// More of what is due is deleted at a time only in the next transaction.
    public static let batch = 20

    public let recordingDays: Int?
    public let interviewDays: Int?
    public let candidateDays: Int?
    /// One more with each change; 0 before the first.
    public let version: Int
    /// When it will be applied next; null while it is off.
    public let nextAt: Timestamp?

    /// What would go at once.
    public struct Preview: Codable, Sendable {
        public let recordings: Int
        public let interviews: Int
        public let liveInterviews: Int
        /// With all their interviews, which the other counts leave out.
        public let candidates: Int
    }

    /// The caller's organisation's.
    public static func read(_ session: Session) throws(Failure) -> Retention {
        let held: Retention? = try session.row(
            """
            SELECT recording_days, interview_days, candidate_days, version,
                CASE WHEN num_nonnulls(recording_days, interview_days, candidate_days) > 0 THEN next_at END AS next_at
            FROM retention_setting WHERE organization_id = caller_organization()
            """)
        return held ?? Retention(recordingDays: nil, interviewDays: nil, candidateDays: nil, version: 0, nextAt: nil)
    }

    public static func preview(
        recordingDays: Days?, interviewDays: Days?, candidateDays: Days?, _ session: Session
    ) throws(Failure) -> Preview {
        let preview: Preview? = try session.row(
            """
            SELECT count(*) FILTER (WHERE scope = 'RECORDING') AS recordings, count(*) FILTER (WHERE scope = 'INTERVIEW') AS interviews,
                count(*) FILTER (WHERE scope = 'LIVE_INTERVIEW') AS live_interviews,
                count(*) FILTER (WHERE scope = 'PERSON') AS candidates
            FROM retention_due(\(recordingDays)::integer, \(interviewDays)::integer, \(candidateDays)::integer)
            """)
        guard let preview else { throw .internal("no row from an aggregate") }
        return preview
    }
}
