public import Endpoint
public import Events
import FoundationEssentials
public import LiveInterviews
import Mail
import Postgres
public import Validation

extension Correspondence {
    private struct Entry: Decodable {
        /// Of the first mail about the interview that this person was sent.
        let firstMessageId: String?
    }

    /// Sends one of a live interview's people the mail that an event asks for, once for each event; as
    /// ``send(_:about:asked:previousDeadlineAt:if:)`` does.
    ///
    /// - Parameters:
    ///   - account: the recipient's; nil for the candidate.
    ///   - sequence: of the change that is told of.
    public func send(
        _ kind: LiveMailKind, about live: Identifier, to account: Identifier?, sequence: Int, previouslyAt: Timestamp?,
        asked caller: Service
    ) throws(Failure) {
        if try caller.isDone() { return }
        let facts: LiveFacts? = try caller.database.row(LiveFacts.query(live, to: account, previouslyAt: previouslyAt))
        guard let facts else { throw .notFound("interview") }
        let letter = letters.letter(kind, about: live, facts, to: account)
        guard facts.isDue(kind, at: sequence) else { return try caller.once() }
        let entry: Entry? = try caller.database.row(
            """
            INSERT INTO mail AS m (organization_id, interview_id, kind, delivery_id, recipient, subject, message_id)
            VALUES (caller_organization(), \(live), \(kind), \(caller.deliveryID), \(facts.recipientEmail), \(letter.subject),
                \(postman.messageID(for: caller.deliveryID)))
            ON CONFLICT (delivery_id) DO UPDATE SET recipient = excluded.recipient, subject = excluded.subject,
                state = 'sending', attempts = m.attempts + 1, updated_at = now()
            RETURNING (
                SELECT message_id FROM mail
                WHERE interview_id = \(live) AND recipient = \(facts.recipientEmail) AND kind = 'live-scheduled' AND state = 'sent'
                ORDER BY created_at LIMIT 1) AS first_message_id
            """)
        let message: MailMessage
        do {
            message = try letter.message(
                from: postman.sender(for: facts.organization), to: Mailbox(facts.recipientEmail, name: facts.recipientName),
                messageID: postman.messageID(for: caller.deliveryID), date: Date(Timestamp.now),
                follows: kind == .scheduled ? nil : entry?.firstMessageId)
        } catch {
            return try finish(caller, "failed", reason: error.explanation)
        }
        try hand(message, for: caller)
    }
}
