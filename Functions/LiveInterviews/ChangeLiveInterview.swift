import Endpoint
import Identity
import Interviews
import LiveInterviews
import Postgres
import Validation

/// Moves a live interview or changes how it is held. Whoever stays and whoever joins or leaves is told
/// by mail, and their calendars follow.
@main struct ChangeLiveInterview: Endpoint {
    static let route = Route.put("/api/interviews/{id}")
    static let access = Access.recruiter
    static let summary = "Move or change a live interview"
    static let failures: [Failure.Code] = [.notFound, .conflict]

    struct Input: Decodable {
        let id: Identifier
        /// In the future, unless it stays as it is.
        let scheduledAt: Timestamp
        let durationMinutes: Appointment.Minutes
        let timeZone: TimeZoneName
        let interviewerIds: Appointment.Interviewers
        let place: Appointment.Place?
        let meetingUrl: MeetingLink?
        let note: Appointment.Note?
        let allowConflicts: Bool?
        /// The `changedAt` of what is changed.
        let version: SeenVersion
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> LiveInterview {
        let appointment = Appointment(
            at: input.scheduledAt, for: input.durationMinutes, in: input.timeZone, with: input.interviewerIds,
            place: input.place, meetingUrl: input.meetingUrl, note: input.note)
        return try caller.database.transaction { transaction throws(Failure) in
            let current = try LiveInterview.hold(input.id, transaction)
            try current.requireRunning()
            guard current.status == .scheduled else {
                throw .conflict("Only an interview that is SCHEDULED is changed; this one is \(current.status.rawValue).")
            }
            try current.check(input.version)
            guard input.scheduledAt > .now || input.scheduledAt.description == current.scheduledAt.description else {
                throw .invalid("scheduledAt", "must be in the future")
            }
            try appointment.check(
                candidate: current.candidate.id, moving: input.id, allowsConflicts: input.allowConflicts ?? false, transaction)
            guard appointment.isOther(than: current) else { return current }
            save(appointment, of: input.id, transaction)
            tell(appointment, current, transaction)
            guard let live = try LiveInterview.read(input.id, transaction) else { throw .internal("an interview that was changed is gone") }
            return live
        }
    }

    private func save(_ appointment: Appointment, of id: Identifier, _ transaction: Transaction) {
        transaction.queue(
            """
            UPDATE interview SET scheduled_at = \(appointment.scheduledAt), ends_at = \(appointment.endsAt),
                time_zone = \(appointment.timeZone), place = \(appointment.place), meeting_url = \(appointment.meetingUrl),
                note = \(appointment.note), sequence = sequence + 1, changed_at = next_version(changed_at)
            WHERE id = \(id)
            """)
        appointment.setInterviewers(of: id, transaction)
    }

    private func tell(_ appointment: Appointment, _ before: LiveInterview, _ transaction: Transaction) {
        let news = LiveNews(of: before.id, sequence: before.sequence + 1)
        let old = before.interviewers.map(\.id), new = appointment.interviewerIds
        let isMoved = appointment.scheduledAt.description != before.scheduledAt.description
        let stay: [Identifier?] = [nil] + new.filter { old.contains($0) }
        news.tell(.moved, stay, previous: isMoved ? before.scheduledAt : nil, transaction)
        news.tell(.scheduled, new.filter { !old.contains($0) }, transaction)
        news.tell(.cancelled, old.filter { !new.contains($0) }, transaction)
    }
}
