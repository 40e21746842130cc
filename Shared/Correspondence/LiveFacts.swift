import FoundationEssentials
public import LiveInterviews
public import Mail
public import Postgres
public import Validation

/// Everything that a mail about a live interview says to one of its people, as it is now.
public struct LiveFacts: Decodable {
    let status: LiveStatus
    let sequence: Int
    let candidateName: String
    let jobTitle: String
    public let organization: String
    let contactEmail: String
    let scheduledAt: Timestamp
    let endsAt: Timestamp
    let localStart: String
    /// When it was to be before.
    let localPrevious: String?
    let timeZone: String
    let place: String?
    let meetingUrl: String?
    let note: String?
    let cancelReason: String?
    let interviewers: [String]
    public let recipientName: String
    public let recipientEmail: String
    /// Whether the recipient is still one of its people.
    let isInvited: Bool

    /// No row when the interview, or the account, is not the caller's organisation's.
    /// - Parameter account: the recipient's; nil for the candidate.
    public static func query(_ live: Identifier, to account: Identifier?, previouslyAt: Timestamp? = nil) -> Statement {
        """
        SELECT i.status, i.sequence, c.name AS candidate_name, a.job_title, o.name AS organization, u.email AS contact_email,
            i.scheduled_at, i.ends_at, local_time(i.scheduled_at, i.time_zone) AS local_start,
            local_time(\(previouslyAt), i.time_zone) AS local_previous, i.time_zone, i.place, i.meeting_url, i.note, i.cancel_reason,
            (SELECT coalesce(json_agg(p.name ORDER BY p.name, p.id), '[]')
                FROM interviewer w JOIN account p ON p.id = w.account_id WHERE w.interview_id = i.id) AS interviewers,
            coalesce(r.name, c.name) AS recipient_name, coalesce(r.email, c.email) AS recipient_email,
            r.id IS NULL OR EXISTS (
                SELECT FROM interviewer w WHERE w.interview_id = i.id AND w.account_id = r.id) AS is_invited
        FROM interview i JOIN candidate c ON c.id = i.candidate_id JOIN assessment a ON a.id = i.assessment_id
        JOIN organization o ON o.id = i.organization_id JOIN account u ON u.id = i.created_by_id
        LEFT JOIN account r ON r.id = \(account)
        WHERE i.id = \(live) AND i.async_interview_id IS NULL AND (\(account == nil) OR r.id IS NOT NULL)
        """
    }

    /// Whether a mail that was asked for at `sequence` still makes sense. What was changed again
    /// is told by the mail of that change.
    func isDue(_ kind: LiveMailKind, at sequence: Int) -> Bool {
        switch kind {
        case .scheduled, .moved: status == .scheduled && isInvited && sequence == self.sequence
        case .cancelled: status == .cancelled || !isInvited
        }
    }
}

extension Letters {
    /// The letter of a kind about a live interview, as of now.
    /// - Parameter account: the recipient's; nil for the candidate.
    public func letter(_ kind: LiveMailKind, about live: Identifier, _ facts: LiveFacts, to account: Identifier?) -> LiveAppointment {
        let news: LiveAppointment.News = switch kind {
        case .scheduled: .scheduled
        case .moved: .moved(previously: facts.localPrevious)
        case .cancelled: facts.isInvited ? .cancelled(reason: facts.cancelReason) : .released
        }
        let meeting = LiveAppointment.Meeting(
            id: live.description, sequence: facts.sequence, candidateName: facts.candidateName, jobTitle: facts.jobTitle,
            organization: facts.organization, interviewers: facts.interviewers, start: Date(facts.scheduledAt),
            end: Date(facts.endsAt), localStart: facts.localStart, timeZone: facts.timeZone, place: facts.place,
            meetingURL: facts.meetingUrl, note: facts.note)
        return LiveAppointment(
            news, of: meeting, to: facts.recipientName,
            interviewURL: account == nil ? nil : "\(baseURL)/interviews/\(live)", contactEmail: facts.contactEmail)
    }
}
