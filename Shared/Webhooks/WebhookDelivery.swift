public import Endpoint
public import Postgres
public import Validation

/// One event on its way to one endpoint, with what came of each try.
public struct WebhookDelivery: Codable, Sendable {
    /// What receivers are told as `webhook-id`, the same with every try.
    public let id: Identifier
    public let eventType: String
    public let interviewId: Identifier?
    public let state: State
    /// The times it was tried since it was queued or queued again.
    public let attempts: Int
    /// When the event happened.
    public let createdAt: Timestamp
    /// Null when it is not tried any more.
    public let nextAttemptAt: Timestamp?
    /// The last twenty, newest first.
    public let attemptLog: [Attempt]

    public enum State: String, Choice {
        case pending = "PENDING"
        case delivered = "DELIVERED"
        /// Given up.
        case failed = "FAILED"
    }

    public struct Attempt: Codable, Sendable {
        /// When it ended.
        public let at: Timestamp
        /// The receiver's answer; null when none came.
        public let status: Int?
        /// Why no answer came, or null.
        public let error: String?
        public let milliseconds: Int
    }

    /// Those of an endpoint, newest first.
    public static func list(
        of endpoint: Identifier, only id: Identifier? = nil, state: State? = nil, eventType: String? = nil,
        after cursor: Cursor? = nil, most: Int = 1, _ transaction: Transaction
    ) throws(Failure) -> [WebhookDelivery] {
        try transaction.rows(
            """
            SELECT d.id, d.event_type, d.data -> 'interviewId' AS interview_id, d.state, d.attempts, d.created_at,
                CASE WHEN d.state = 'PENDING' THEN d.run_at END AS next_attempt_at,
                (SELECT coalesce(json_agg(json_build_object(
                        'at', a.at, 'status', a.status, 'error', a.error, 'milliseconds', a.milliseconds) ORDER BY a.id DESC), '[]')
                    FROM (SELECT * FROM webhook_attempt WHERE delivery_id = d.id ORDER BY id DESC LIMIT 20) a) AS attempt_log
            FROM webhook_delivery d
            WHERE d.endpoint_id = \(endpoint) AND (\(id)::uuid IS NULL OR d.id = \(id))
                AND (\(state)::text IS NULL OR d.state = \(state)) AND (\(eventType)::text IS NULL OR d.event_type = \(eventType))
                AND (\(cursor?.moment)::timestamptz IS NULL OR (d.created_at, d.id) < (\(cursor?.moment), \(cursor?.id)))
            ORDER BY d.created_at DESC, d.id DESC LIMIT \(most)
            """)
    }
}
