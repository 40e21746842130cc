public import Endpoint
public import Interviews
public import Postgres
public import Validation

/// A live interview: who meets whom, when, where, and how far it is scored; `live_interview` in the schema.
public struct LiveInterview: Codable, Sendable {
    public let id: Identifier
    public let status: LiveStatus
    public let candidate: Candidate
    public let assessment: Assessment
    public let scheduledAt: Timestamp
    public let endsAt: Timestamp
    public let durationMinutes: Int
    public let timeZone: String
    public let place: String?
    public let meetingUrl: String?
    /// For everybody who is invited.
    public let note: String?
    public let cancelReason: String?
    /// Of the calendar's entry: how often it was changed since it was scheduled.
    public let sequence: Int
    public let createdBy: TimeConflict.Named
    public let createdAt: Timestamp
    /// The version: when it changed last.
    public let changedAt: Timestamp
    public let interviewers: [Interviewer]
    public let questionCount: Int
    /// Whether the caller may move and cancel it: who scheduled it, and administrators.
    public let mayChange: Bool
    /// Whether the caller is one of its interviewers, who score it.
    public let mayScore: Bool

    public struct Candidate: Codable, Sendable {
        public let id: Identifier
        public let name: String
        public let email: String
    }

    public struct Assessment: Codable, Sendable {
        public let id: Identifier
        public let title: String
        public let jobTitle: String
    }

    public struct Interviewer: Codable, Sendable {
        public let id: Identifier
        public let name: String
        /// How many questions they have scored.
        public let scored: Int
        public let isDone: Bool
    }
}

extension LiveInterview {
    /// Nil when there is none of that id.
    public static func read(_ id: Identifier, _ transaction: Transaction) throws(Failure) -> LiveInterview? {
        try transaction.row("SELECT * FROM live_interview WHERE id = \(id)")
    }

    /// The same, held so that nobody else changes it meanwhile.
    public static func hold(_ id: Identifier, _ transaction: Transaction) throws(Failure) -> LiveInterview {
        transaction.queue("SELECT FROM interview WHERE id = \(id) AND async_interview_id IS NULL FOR UPDATE")
        guard let live = try read(id, transaction) else { throw .notFound("interview") }
        return live
    }

    /// Refuses a caller who did not schedule it and is no administrator.
    public func requireRunning() throws(Failure) {
        guard mayChange else { throw .denied("Only whoever scheduled an interview and administrators change it.") }
    }

    /// Refuses an edit of another version than the present one, with both.
    public func check(_ version: SeenVersion) throws(Failure) {
        try version.check(against: self, of: changedAt, "interview")
    }
}
