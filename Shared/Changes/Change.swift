public import Endpoint
import Events
public import Interviews
import JSON
public import Postgres
public import Validation

/// What a recruiter does with interviews after they were created, with one or with many at once.
public enum Change: Sendable {
    /// Mails a draft's invitation: the clock begins to matter.
    case send
    /// Mails the invitation once more.
    case resend
    /// Moves the deadline. An interview that expired goes on from where it was.
    case moveDeadline(to: Timestamp)
    /// Withdraws what was not submitted yet.
    case cancel
    /// Takes back that it was cancelled.
    case restore

    /// How long after cancelling nobody is told yet, in seconds, so that a slip can be undone.
    static let graceSeconds = 20

    /// What became of one interview.
    public struct Outcome {
        public let id: Identifier
        public let result: Result<ChangedInterview, Failure>
    }

    /// Applies the change to each interview that allows it, and tells the candidates by events. All
    /// that can be changed is, whatever becomes of the others.
    /// - Returns: an outcome for each id, in their order; not found for those of other organisations.
    public func apply(to ids: [Identifier], _ transaction: Transaction) throws(Failure) -> [Outcome] {
        let wanted = JSON.array(ids.map { .string($0.description) })
        let rows: [Facts] = try transaction.rows(
            """
            SELECT id, status_now(status, deadline_at) AS status, status_before(i), deadline_at, deadline_at <= now() AS is_overdue,
                coalesce(cancelled_at + \(Self.graceSeconds) * interval '1 second' <= now(), false) AS is_told, now()
            FROM async_interview i WHERE id IN (SELECT jsonb_array_elements_text(\(wanted))::uuid) ORDER BY id FOR UPDATE
            """)
        let facts = Dictionary(uniqueKeysWithValues: rows.map { ($0.id, $0) })
        let outcomes = ids.map { id in Outcome(id: id, result: Result { () throws(Failure) in try next(facts[id]) }) }
        let changed = Set(outcomes.filter { (try? $0.result.get()) != nil }.map(\.id))
        save(outcomes.compactMap { try? $0.result.get() }, transaction)
        for row in rows where changed.contains(row.id) { tell(row, transaction) }
        return outcomes
    }

    /// The same for a single interview; throws why it cannot be changed.
    public func apply(to id: Identifier, _ transaction: Transaction) throws(Failure) -> ChangedInterview {
        guard let outcome = try apply(to: [id], transaction).first else { throw .notFound("interview") }
        return try outcome.result.get()
    }
}

/// An interview after a change.
public struct ChangedInterview: Codable, Sendable {
    public let id: Identifier
    public let status: InterviewStatus
    public let deadlineAt: Timestamp
}

/// An interview before a change.
struct Facts: Decodable {
    let id: Identifier
    let status: InterviewStatus
    /// Apart from having been cancelled or having expired.
    let statusBefore: InterviewStatus
    let deadlineAt: Timestamp
    let isOverdue: Bool
    /// Whether the candidate was told that it is cancelled.
    let isTold: Bool
    let now: Timestamp
}

extension Change {
    private func next(_ facts: Facts?) throws(Failure) -> ChangedInterview {
        guard let facts else { throw .notFound("interview") }
        var deadline = facts.deadlineAt
        if case .moveDeadline(let moment) = self { deadline = moment }
        return ChangedInterview(id: facts.id, status: try status(after: facts), deadlineAt: deadline)
    }

    private func status(after facts: Facts) throws(Failure) -> InterviewStatus {
        switch self {
        case .send:
            try Transitions.require(from: facts.status, to: .sent, by: .invitation)
            guard !facts.isOverdue else { throw .conflict("The deadline has passed. Set a later one first.") }
            return .sent
        case .resend:
            guard Self.isOpen(facts.status) else {
                throw .conflict(
                    "An invitation is sent again while the interview is SENT, OPENED or IN_PROGRESS; this one is \(facts.status.rawValue).")
            }
            return facts.status
        case .moveDeadline:
            guard Self.isOpen(facts.status) || facts.status == .draft || facts.status == .expired else {
                throw .conflict(
                    "A deadline is moved while the interview is DRAFT, SENT, OPENED, IN_PROGRESS or EXPIRED; this one is \(facts.status.rawValue).")
            }
            let status = facts.status == .expired ? facts.statusBefore : facts.status
            try Transitions.check(from: facts.status, to: status, by: .laterDeadline)
            return status
        case .cancel:
            try Transitions.require(from: facts.status, to: .cancelled, by: .cancelling)
            return .cancelled
        case .restore:
            let isLate = facts.isOverdue && facts.statusBefore != .draft
            let status = isLate ? .expired : facts.statusBefore
            try Transitions.require(from: facts.status, to: status, by: .restoring)
            return status
        }
    }

    private static func isOpen(_ status: InterviewStatus) -> Bool {
        status == .sent || status == .opened || status == .inProgress
    }

    /// Writes the new statuses and deadlines, and what follows from them. The linked record is
    /// cancelled with what cannot be answered any more.
    private func save(_ changed: [ChangedInterview], _ transaction: Transaction) {
        if case .resend = self { return }
        let next = JSON.array(changed.map { each in
            [
                "id": .string(each.id.description), "status": .string(each.status.rawValue),
                "deadline_at": .string(each.deadlineAt.description),
            ]
        })
        var movesDeadline = false
        if case .moveDeadline = self { movesDeadline = true }
        transaction.queue(
            """
            WITH next AS (SELECT * FROM jsonb_to_recordset(\(next)) AS n (id uuid, status text, deadline_at timestamptz)),
            linked AS (
                UPDATE interview l SET status = CASE
                    WHEN n.status IN ('CANCELLED', 'EXPIRED') THEN 'CANCELLED'
                    WHEN n.status = 'IN_PROGRESS' THEN 'IN_PROGRESS' ELSE 'SCHEDULED' END
                FROM next n WHERE l.async_interview_id = n.id)
            UPDATE async_interview i SET status = n.status, updated_at = now(),
                invitation_sent_at = CASE WHEN i.status = 'DRAFT' AND n.status = 'SENT' THEN now() ELSE i.invitation_sent_at END,
                cancelled_at = CASE WHEN n.status = 'CANCELLED' THEN now() END,
                deadline_at = CASE WHEN \(movesDeadline) THEN n.deadline_at ELSE i.deadline_at END,
                configured_at = CASE WHEN \(movesDeadline) THEN next_version(i.configured_at) ELSE i.configured_at END
            FROM next n WHERE i.id = n.id
            """)
    }

    private func tell(_ facts: Facts, _ transaction: Transaction) {
        let interview = JSON.string(facts.id.description)
        switch self {
        case .send: transaction.emit(.invitationSent, ["interviewId": interview])
        case .resend: transaction.emit(.invitationResent, ["interviewId": interview])
        case .moveDeadline(let deadline) where facts.status != .draft && deadline != facts.deadlineAt:
            transaction.emit(
                .deadlineChanged,
                ["interviewId": interview, "previousDeadlineAt": .string(facts.deadlineAt.description)])
        case .cancel where facts.status != .draft:
            transaction.queue(
                """
                SELECT emit(\(Topic.interviewCancelled.rawValue), \(["interviewId": interview] as JSON),
                    now() + \(Self.graceSeconds) * interval '1 second')
                """)
        // Who was told that it is withdrawn hears that the link works again.
        case .restore where facts.isTold && facts.statusBefore != .draft && !facts.isOverdue:
            transaction.emit(.invitationResent, ["interviewId": interview])
        case .moveDeadline, .cancel, .restore: break
        }
    }
}
