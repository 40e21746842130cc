import Endpoint
import Identity
import LiveInterviews
import Postgres
import Validation

/// Schedules a live interview, and tells the candidate and the interviewers by mail with a calendar entry.
@main struct ScheduleLiveInterview: Endpoint {
    static let route = Route.post("/api/interviews")
    static let access = Access.recruiter
    static let summary = "Schedule a live interview"
    static let success = Success.created
    static let failures: [Failure.Code] = [.notFound, .conflict]

    struct Input: Decodable {
        let candidateId: Identifier
        /// Of which the questions are asked and scored.
        let assessmentId: Identifier
        let scheduledAt: FutureDate
        let durationMinutes: Appointment.Minutes
        /// In which people read the time.
        let timeZone: TimeZoneName
        let interviewerIds: Appointment.Interviewers
        let place: Appointment.Place?
        let meetingUrl: MeetingLink?
        /// For everybody who is invited.
        let note: Appointment.Note?
        /// Whether it is meant that somebody has another interview at that time.
        let allowConflicts: Bool?
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> LiveInterview {
        let appointment = Appointment(
            at: input.scheduledAt.value, for: input.durationMinutes, in: input.timeZone, with: input.interviewerIds,
            place: input.place, meetingUrl: input.meetingUrl, note: input.note)
        let id = Identifier.new()
        return try caller.database.transaction { transaction throws(Failure) in
            try appointment.check(
                candidate: input.candidateId, allowsConflicts: input.allowConflicts ?? false, transaction)
            let created = try transaction.execute(
                """
                INSERT INTO interview (
                    id, organization_id, assessment_id, candidate_id, created_by_id, scheduled_at, ends_at, time_zone, place,
                    meeting_url, note)
                SELECT \(id), caller_organization(), a.id, c.id, caller_account(), \(appointment.scheduledAt),
                    \(appointment.endsAt), \(appointment.timeZone), \(appointment.place), \(appointment.meetingUrl), \(appointment.note)
                FROM assessment a, candidate c
                WHERE a.id = \(input.assessmentId) AND a.status = 'ACTIVE' AND c.id = \(input.candidateId)
                """)
            guard created == 1 else { throw .notFound("active assessment or candidate") }
            appointment.setInterviewers(of: id, transaction)
            LiveNews(of: id, sequence: 0).tell(.scheduled, [nil] + appointment.interviewerIds, transaction)
            guard let live = try LiveInterview.read(id, transaction) else { throw .internal("an interview that was scheduled is gone") }
            return live
        }
    }
}
