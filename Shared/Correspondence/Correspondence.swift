public import Endpoint
public import Events
import FoundationEssentials
import Mail
import Postgres
public import Validation

/// Sends mails about interviews and keeps what became of each, so that people see it on the interview.
public struct Correspondence {
    /// For a function that sends: mail servers take their time.
    public static let limits = Limits(workers: 4)

    let letters: Letters
    let postman: Postman

    public init(_ environment: Environment) throws(Failure) {
        letters = try Letters(environment)
        postman = try Postman(environment)
    }

    private struct Entry: Decodable {
        /// Of the last invitation that was sent.
        let invitationMessageId: String?
    }

    /// Sends the mail of a kind that an event asks for, once for each event. What a mail server or
    /// service refuses for good is kept as failed, and the event is dealt with.
    ///
    /// A process that is killed between sending and noting it sends the same message, with the same
    /// id, again.
    ///
    /// - Parameters:
    ///   - reviewer: the account that a `reviewAsked` or `reviewReady` goes to.
    ///   - isDue: whether the mail still makes sense. What became pointless is not sent.
    /// - Throws: `NOT_FOUND` when there is no such interview, `UNAVAILABLE` when another attempt may succeed.
    public func send(
        _ kind: MailKind, about interview: Identifier, to reviewer: Identifier? = nil, asked caller: Service,
        previousDeadlineAt: Timestamp? = nil,
        if isDue: (InterviewFacts) -> Bool
    ) throws(Failure) {
        if try caller.isDone() { return }
        let facts: InterviewFacts? = try caller.database.row(InterviewFacts.query(interview, to: reviewer))
        guard let facts else { throw .notFound("interview") }
        guard isDue(facts) else {
            return try finish(caller, "skipped", reason: "It had become pointless before it could be sent.")
        }
        let letter = letters.letter(kind, about: interview, facts, previousDeadlineAt: previousDeadlineAt)
        let entry = try begin(kind, interview, caller, to: facts.recipient(of: kind).address, subject: letter.subject)
        let message: MailMessage
        do {
            let recipient = facts.recipient(of: kind)
            message = try letter.message(
                from: postman.sender(for: facts.organization), to: Mailbox(recipient.address, name: recipient.name),
                messageID: postman.messageID(for: caller.deliveryID), date: Date(Timestamp.now),
                follows: kind.isForCandidate && kind != .invitation ? entry?.invitationMessageId : nil)
        } catch {
            return try finish(caller, "failed", reason: error.explanation)
        }
        try hand(message, for: caller)
    }

    func hand(_ message: MailMessage, for caller: Service) throws(Failure) {
        let transportID: String?
        do {
            transportID = try postman.send(message, key: caller.deliveryID)
        } catch {
            if error.isPermanent { return try finish(caller, "failed", reason: error.reason) }
            try caller.database.execute(
                "UPDATE mail SET reason = \(error.reason), updated_at = now() WHERE delivery_id = \(caller.deliveryID)")
            // The words may hold addresses; they are in the record, not in the log.
            throw .unavailable(
                "The mail was not taken. It will be tried again.", retryAfter: error.retryAfter ?? 10, cause: "mail refused for now")
        }
        try finish(caller, "sent", reason: nil, transportID: transportID)
    }

    /// Notes that an attempt begins.
    private func begin(
        _ kind: MailKind, _ interview: Identifier, _ caller: Service, to address: String, subject: String
    ) throws(Failure) -> Entry? {
        try caller.database.row(
            """
            INSERT INTO mail AS m (organization_id, async_interview_id, kind, delivery_id, recipient, subject, message_id)
            VALUES (caller_organization(), \(interview), \(kind), \(caller.deliveryID), \(address), \(subject),
                \(postman.messageID(for: caller.deliveryID)))
            ON CONFLICT (delivery_id) DO UPDATE SET recipient = excluded.recipient, subject = excluded.subject,
                state = 'sending', attempts = m.attempts + 1, updated_at = now()
            RETURNING (
                SELECT message_id FROM mail
                WHERE async_interview_id = \(interview) AND kind = 'invitation' AND state = 'sent'
                ORDER BY created_at DESC LIMIT 1) AS invitation_message_id
            """)
    }

    /// Notes how it ended. A service may have reported a bounce already, and that stays.
    func finish(
        _ caller: Service, _ state: String, reason: String?, transportID: String? = nil
    ) throws(Failure) {
        try caller.once { transaction throws(Failure) in
            transaction.queue(
                """
                UPDATE mail SET state = \(state), reason = \(reason), transport_id = \(transportID), updated_at = now(),
                    sent_at = CASE WHEN \(state) = 'sent' THEN now() END
                WHERE delivery_id = \(caller.deliveryID) AND state = 'sending'
                """)
        }
    }
}
