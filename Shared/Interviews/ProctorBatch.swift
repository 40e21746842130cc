public import Endpoint
import JSON
public import Postgres
public import Validation

/// What a candidate's page has observed since it last reported.
public struct ProctorBatch: Sendable {
    public struct Event: Codable, Sendable {
        /// Counted by the page from 0 on.
        let sequence: Whole<0, 1_000_000>
        let questionId: Identifier?
        let eventType: ProctorEventType
        let metadata: FreeObject?
        let occurredAt: Timestamp
    }

    /// How long one of the page's detectors has watched.
    public struct Detector: Codable, Sendable {
        let name: Text<1, 50>
        /// Since the page was opened.
        let watchedSeconds: Seconds<1_000_000>
        /// Why it does not watch.
        let unavailable: Text<1, 200>?
    }

    /// What became of the events.
    public struct Noted: Decodable {
        /// How many were new.
        public let accepted: Int
        /// The highest number received from this page; null before the first.
        public let lastSequence: Int?
        /// Where in the batch the first one stands that names another interview's question.
        let foreign: Int?
    }

    private let session: Identifier
    private let events: [Event]
    private let detectors: [Detector]

    /// - Parameter session: the page, as it calls itself.
    public init(of session: Identifier, _ events: [Event], _ detectors: [Detector]) {
        self.session = session
        self.events = events
        self.detectors = detectors
    }

    /// Writes down the whole batch, or none of it.
    ///
    /// - Throws: `NOT_FOUND`, and `VALIDATION_FAILED` when an event names another interview's question.
    public func note(_ database: Session) throws(Failure) -> Noted {
        let noted: Noted? = try database.row(try statement())
        guard let noted else { throw .notFound("interview") }
        if let foreign = noted.foreign {
            throw .invalid("events.\(foreign).questionId", "is not a question of this interview")
        }
        return noted
    }

    /// A page's clock may be wrong, so its times are kept within the time that the interview has been
    /// open. Of two reports on a detector the longer watch stands, and at the same length the one that
    /// says it cannot watch: whichever comes first, the outcome is the same.
    private func statement() throws(Failure) -> Statement {
        let (events, detectors) = (try JSON(writing: self.events), try JSON(writing: self.detectors))
        return """
            WITH interview AS MATERIALIZED (
                SELECT organization_id, id, candidate_id, coalesce(opened_at, now()) AS opened_at
                FROM async_interview WHERE id = caller_interview()),
            batch AS MATERIALIZED (
                SELECT place - 1 AS place, (e ->> 'sequence')::integer AS sequence, (e ->> 'questionId')::uuid AS question_id,
                    e ->> 'eventType' AS event_type, nullif(e -> 'metadata', 'null') AS metadata,
                    (e ->> 'occurredAt')::timestamptz AS occurred_at
                FROM jsonb_array_elements(\(events)) WITH ORDINALITY AS batch (e, place)),
            alien AS MATERIALIZED (
                SELECT min(place) AS place FROM batch
                WHERE question_id IS NOT NULL AND NOT EXISTS (SELECT FROM question WHERE id = question_id)),
            noted AS (
                INSERT INTO proctor_log (organization_id, async_interview_id, candidate_id, question_id, event_type,
                    metadata, page_session, sequence, occurred_at)
                SELECT i.organization_id, i.id, i.candidate_id, b.question_id, b.event_type, b.metadata,
                    \(session), b.sequence, least(greatest(b.occurred_at, i.opened_at), now())
                FROM batch b CROSS JOIN interview i WHERE (SELECT place FROM alien) IS NULL ORDER BY b.sequence
                ON CONFLICT (async_interview_id, page_session, sequence) DO NOTHING
                RETURNING sequence),
            watched AS (
                INSERT INTO detector_watch AS w (
                    organization_id, async_interview_id, page_session, detector, watched_seconds, unavailable)
                SELECT DISTINCT ON (d.name) i.organization_id, i.id, \(session), d.name,
                    least(d."watchedSeconds", extract(epoch FROM now() - i.opened_at)) AS seconds, d.unavailable
                FROM jsonb_to_recordset(\(detectors)) AS d (name text, "watchedSeconds" double precision, unavailable text)
                CROSS JOIN interview i WHERE (SELECT place FROM alien) IS NULL
                ORDER BY d.name, seconds DESC, d.unavailable DESC NULLS LAST
                ON CONFLICT (async_interview_id, page_session, detector) DO UPDATE
                SET watched_seconds = excluded.watched_seconds, unavailable = excluded.unavailable
                WHERE (excluded.watched_seconds, coalesce(excluded.unavailable, ''))
                    > (w.watched_seconds, coalesce(w.unavailable, ''))),
            seen AS (
                UPDATE active_page SET seen_at = now()
                WHERE async_interview_id = caller_interview() AND page_session = \(session))
            SELECT (SELECT count(*) FROM noted) AS accepted, (SELECT place FROM alien) AS foreign,
                greatest((SELECT max(sequence) FROM batch), (SELECT max(sequence) FROM proctor_log
                    WHERE async_interview_id = caller_interview() AND page_session = \(session))) AS last_sequence
            """
    }
}
