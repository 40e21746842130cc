public import Endpoint
public import Postgres
public import Validation

/// Answers of an assessment that somebody wants analysed again, all together.
public struct AnalysisBatch: Decodable {
    /// Table `analysis_batch` says what the states are.
    public enum State: String, Choice {
        case waiting = "WAITING"
        case sent = "SENT"
        case oneByOne = "ONE_BY_ONE"
        case ended = "ENDED"
    }

    public let id: Identifier
    public let state: State
    public let createdAt: Timestamp
    public let sentAt: Timestamp?
    public let provider: String?
    public let providerBatchId: String?
    /// Those that have neither a result nor a reason for none.
    public let requests: [Request]

    public struct Request: Decodable {
        public let id: Identifier
        public let videoResponseId: Identifier
        /// Of what was sent; null before.
        public let textSha256: String?
        public let aiCallId: Identifier?
    }

    public static func read(_ id: Identifier, _ session: Session) throws(Failure) -> AnalysisBatch {
        let batch: AnalysisBatch? = try session.row(
            """
            SELECT id, state, created_at, sent_at, provider, provider_batch_id,
                (SELECT coalesce(json_agg(json_build_object('id', r.id, 'videoResponseId', r.video_response_id,
                    'textSha256', r.text_sha256, 'aiCallId', r.ai_call_id)), '[]')
                FROM analysis_request r WHERE r.batch_id = b.id AND r.failure IS NULL
                    AND NOT EXISTS (SELECT FROM analysis_result a WHERE a.request_id = r.id)) AS requests
            FROM analysis_batch b WHERE id = \(id)
            """)
        guard let batch else { throw .notFound("batch") }
        return batch
    }

    /// Says why there will be no result.
    public static func fail(_ request: Identifier, because reason: String, in transaction: Transaction) {
        transaction.queue("UPDATE analysis_request SET failure = \(reason) WHERE id = \(request) AND failure IS NULL")
    }

    /// Ends the batch: what has no result by now gets none, for this reason.
    public func end(because reason: String, in transaction: Transaction) {
        transaction.queue(
            """
            UPDATE analysis_request r SET failure = \(reason) WHERE batch_id = \(id) AND failure IS NULL
                AND NOT EXISTS (SELECT FROM analysis_result a WHERE a.request_id = r.id)
            """)
        transaction.queue("UPDATE analysis_batch SET state = 'ENDED', ended_at = now() WHERE id = \(id)")
    }
}
