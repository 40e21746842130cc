public import Endpoint
import Interviews
import JSON
public import Postgres
public import Validation

/// When and where a live interview is held, and by whom.
public struct Appointment: Sendable {
    public let scheduledAt: Timestamp
    public let durationMinutes: Int
    public let timeZone: String
    public let interviewerIds: [Identifier]
    public let place: String?
    public let meetingUrl: String?
    public let note: String?

    public typealias Minutes = Whole<15, 480>
    public typealias Interviewers = List<Identifier, 1, 10>
    public typealias Place = Text<0, 300>
    public typealias Note = Text<0, 2000>

    public init(
        at scheduledAt: Timestamp, for minutes: Minutes, in zone: TimeZoneName, with interviewers: Interviewers,
        place: Place?, meetingUrl: MeetingLink?, note: Note?
    ) {
        self.scheduledAt = scheduledAt
        durationMinutes = minutes.value
        timeZone = zone.value
        interviewerIds = interviewers.elements
        self.place = Self.said(place?.value)
        self.meetingUrl = meetingUrl?.value
        self.note = Self.said(note?.value)
    }

    private static func said(_ text: String?) -> String? {
        guard let text = text?.trimmed, !text.isEmpty else { return nil }
        return text
    }

    public var endsAt: Timestamp { scheduledAt.adding(seconds: durationMinutes * 60) }

    /// Whether it is not what holds for `live` already.
    public func isOther(than live: LiveInterview) -> Bool {
        scheduledAt.description != live.scheduledAt.description || durationMinutes != live.durationMinutes
            || timeZone != live.timeZone || place != live.place || meetingUrl != live.meetingUrl || note != live.note
            || Set(interviewerIds) != Set(live.interviewers.map(\.id))
    }

    var interviewers: JSON { .array(interviewerIds.map { .string($0.description) }) }

    /// What the database knows of it.
    struct Check: Decodable {
        let isTimeZone: Bool
        let knownInterviewers: Int
        /// Names of those whose account was deactivated.
        let deactivated: [String]
        let conflicts: [TimeConflict]
    }

    /// Refuses an appointment that cannot be kept, after those whom it concerns are held so that
    /// nobody else schedules them meanwhile.
    ///
    /// - Parameters:
    ///   - live: the interview that is moved; nil for a new one.
    ///   - allowsConflicts: whether whoever asks knows that somebody has something else at that time.
    /// - Throws: `VALIDATION_FAILED`, also for somebody who cannot sign in; `NOT_FOUND` for an interviewer who is none, `CONFLICT` with `conflicts`.
    public func check(
        candidate: Identifier, moving live: Identifier? = nil, allowsConflicts: Bool, _ transaction: Transaction
    ) throws(Failure) {
        guard Set(interviewerIds).count == interviewerIds.count else {
            throw .invalid("interviewerIds", "must not name anybody twice")
        }
        let people = JSON.array([.string(candidate.description)] + interviewerIds.map { .string($0.description) })
        transaction.queue("SELECT hold_calendars(ARRAY(SELECT jsonb_array_elements_text(\(people))::uuid))")
        let check: Check? = try transaction.row(
            """
            WITH asked AS (SELECT ARRAY(SELECT jsonb_array_elements_text(\(interviewers))::uuid) AS ids)
            SELECT is_time_zone(\(timeZone)) AS is_time_zone, (SELECT count(*) FROM account WHERE id = ANY (ids)) AS known_interviewers,
                array_to_json(ARRAY(SELECT name FROM account WHERE id = ANY (ids) AND deactivated_at IS NOT NULL ORDER BY name)) AS deactivated,
                live_conflicts(\(candidate), ids, \(scheduledAt), \(endsAt), \(live)) AS conflicts
            FROM asked
            """)
        guard let check else { throw .internal("no row from a query without conditions") }
        guard check.isTimeZone else { throw .invalid("timeZone", "must be the name of a time zone such as Europe/Berlin") }
        guard check.knownInterviewers == interviewerIds.count else { throw .notFound("interviewer") }
        guard check.deactivated.isEmpty else { throw .deactivated(check.deactivated, in: "interviewerIds") }
        guard allowsConflicts || check.conflicts.isEmpty else { throw TimeConflict.refusal(check.conflicts) }
    }

    /// Writes who holds the interview, in place of whoever did.
    public func setInterviewers(of live: Identifier, _ transaction: Transaction) {
        transaction.queue(
            """
            DELETE FROM interviewer WHERE interview_id = \(live)
                AND account_id NOT IN (SELECT jsonb_array_elements_text(\(interviewers))::uuid)
            """)
        transaction.queue(
            """
            INSERT INTO interviewer (organization_id, interview_id, account_id)
            SELECT caller_organization(), \(live), jsonb_array_elements_text(\(interviewers))::uuid ON CONFLICT DO NOTHING
            """)
    }
}

/// Somebody who has another live interview at that time.
public struct TimeConflict: Codable, Sendable {
    public let role: LiveRole
    public let person: Named
    /// The other one, and when it is.
    public let interviewId: Identifier
    public let scheduledAt: Timestamp
    public let endsAt: Timestamp

    public struct Named: Codable, Sendable {
        public let id: Identifier
        public let name: String
    }

    static func refusal(_ conflicts: [TimeConflict]) -> Failure {
        let words = conflicts.map { "\($0.person.name) has another interview from \($0.scheduledAt) to \($0.endsAt)" }
        do {
            return .conflict(
                "\(words.joined(separator: "; ")). Choose another time, or say that it is meant with allowConflicts.",
                [.init("conflicts", try JSON(encoding: conflicts))])
        } catch {
            return .internal("the conflicts could not be written as JSON: \(error)")
        }
    }
}
