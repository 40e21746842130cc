public import Endpoint
import Events
import JSON
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
    /// When somebody wanted no more of it.
    public let cancelledAt: Timestamp?
    public let provider: String?
    public let providerBatchId: String?
    /// Those that have neither a result nor a reason for none.
    public let requests: [Request]
    /// What the ledger has of answers without a result.
    public let calls: [Call]

    public struct Request: Decodable {
        public let id: Identifier
        public let videoResponseId: Identifier
        /// Of what was sent; null before.
        public let textSha256: String?
        public let aiCallId: Identifier?
    }

    public struct Call: Decodable {
        public let id: Identifier
        public let requestId: Identifier
    }

    public static func read(_ id: Identifier, _ session: Session) throws(Failure) -> AnalysisBatch {
        let batch: AnalysisBatch? = try session.row(query(id))
        guard let batch else { throw .notFound("batch") }
        return batch
    }

    private static func query(_ id: Identifier) -> Statement {
        """
        SELECT id, state, created_at, sent_at, cancelled_at, provider, provider_batch_id,
            (SELECT coalesce(json_agg(json_build_object('id', r.id, 'videoResponseId', r.video_response_id,
                'textSha256', r.text_sha256, 'aiCallId', r.ai_call_id)), '[]')
            FROM analysis_request r WHERE r.batch_id = b.id AND r.failure IS NULL
                AND NOT EXISTS (SELECT FROM analysis_result a WHERE a.request_id = r.id)) AS requests,
            (SELECT coalesce(json_agg(json_build_object('id', r.ai_call_id, 'requestId', r.id)), '[]')
            FROM analysis_request r WHERE r.batch_id = b.id AND r.ai_call_id IS NOT NULL
                AND NOT EXISTS (SELECT FROM analysis_result a WHERE a.request_id = r.id)) AS calls
        FROM analysis_batch b WHERE id = \(id)
        """
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

extension AnalysisBatch {
    /// Why there is no result of what was still to come when a batch was cancelled.
    public static let cancellation = "It was cancelled."

    /// Ends a batch on the caller's behalf: at once, unless a provider has it. That one is told next, and what it has
    /// made by then counts. Once cancelled, it stays so.
    /// - Throws: `NOT_FOUND` unless the assessment has such a batch; `CONFLICT` for one that has ended.
    public static func cancel(_ id: Identifier, of assessment: Identifier, in transaction: Transaction) throws(Failure) {
        let held = try transaction.execute(
            "SELECT FROM analysis_batch WHERE id = \(id) AND assessment_id = \(assessment) FOR UPDATE")
        guard held == 1 else { throw .notFound("batch") }
        let batch: AnalysisBatch? = try transaction.row(query(id))
        guard let batch else { throw .internal("a row that is held is gone") }
        guard batch.cancelledAt == nil else { return }
        // Of answers that go one by one, nobody notes when the last is there.
        guard batch.state != .ended, batch.state != .oneByOne || !batch.requests.isEmpty else {
            throw .conflict("This has ended already.")
        }
        transaction.queue(
            "UPDATE analysis_batch SET cancelled_at = now(), cancelled_by_id = caller_account() WHERE id = \(id)")
        if batch.state == .sent {
            transaction.emit(.analysisBatchDue, ["batchId": .string(id.description)])
        } else {
            batch.end(because: cancellation, in: transaction)
        }
    }

    /// Notes that a provider has the batch, under a name of its own. If it was cancelled while it was being sent, it is
    /// as if that had come after.
    public func noteSent(to provider: String, model: String, as name: String, in transaction: Transaction) {
        transaction.queue(
            """
            UPDATE analysis_batch SET state = 'SENT', sent_at = now(), ended_at = NULL, provider = \(provider), model = \(model),
                provider_batch_id = \(name) WHERE id = \(id)
            """)
        transaction.queue(
            """
            UPDATE analysis_request SET failure = NULL
            WHERE batch_id = \(id) AND ai_call_id IS NOT NULL AND failure = \(Self.cancellation)
            """)
        transaction.emit(.analysisBatchDue, ["batchId": .string(id.description)])
    }
}
