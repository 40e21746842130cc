public import Endpoint
import Interviews
public import Postgres
public import Validation

/// How many of an assessment's answers can be analysed once more, and what became of those that were.
public struct AssessmentAnalyses: Codable, Sendable {
    /// Answers in submitted interviews, by whether they can be analysed now.
    let answers: Answers
    /// The newest twenty, newest first.
    let batches: [Batch]

    struct Answers: Codable, Sendable {
        let ready: Int
        /// Of candidates who chose human review only.
        let declined: Int
        let noTranscript: Int
        /// Those whose transcript somebody has to look at first.
        let held: Int
        let underWay: Int
    }

    struct Batch: Codable, Sendable {
        let id: Identifier
        /// `WAITING` for the engine, `SENT` to it, `ONE_BY_ONE` where it has no batches, `ENDED`.
        let state: String
        let requestedBy: Person
        let createdAt: Timestamp
        let endedAt: Timestamp?
        /// When and by whom it was cancelled; null while nobody has.
        let cancelledAt: Timestamp?
        let cancelledBy: Person?
        /// The provider and its model; null while it waits, and for answers that go one by one.
        let provider: String?
        let model: String?
        let answers: Int
        let analysed: Int
        /// Those that keep their earlier result, by the reason.
        let failures: [FailureCount]
        /// Of the answers that were analysed, in millionths of a US dollar; null where nothing has a price.
        let costMicroUsd: Int?
    }

    struct FailureCount: Codable, Sendable {
        let reason: String
        let answers: Int
    }
}

extension AssessmentAnalyses {
    /// - Throws: `NOT_FOUND` when there is no such assessment.
    public static func read(_ id: Identifier, _ session: Session) throws(Failure) -> AssessmentAnalyses {
        let analyses: AssessmentAnalyses? = try session.row(
            """
            SELECT (SELECT json_build_object(
                    'ready', count(*) FILTER (WHERE hindrance IS NULL), 'declined', count(*) FILTER (WHERE hindrance = 'DECLINED'),
                    'noTranscript', count(*) FILTER (WHERE hindrance = 'NO_TRANSCRIPT'),
                    'held', count(*) FILTER (WHERE hindrance = 'HELD'), 'underWay', count(*) FILTER (WHERE hindrance = 'UNDER_WAY'))
                FROM answers_to_analyze(a.id)) AS answers,
                (SELECT coalesce(json_agg(json_build_object(
                    'id', b.id, 'state', CASE
                        WHEN b.state = 'ONE_BY_ONE' AND done.analysed + done.failed = done.answers THEN 'ENDED' ELSE b.state END,
                    'requestedBy', json_build_object('id', u.id, 'name', u.name), 'createdAt', b.created_at,
                    'endedAt', b.ended_at, 'cancelledAt', b.cancelled_at,
                    'cancelledBy', (SELECT json_build_object('id', id, 'name', name) FROM account WHERE id = b.cancelled_by_id),
                    'provider', b.provider, 'model', b.model, 'answers', done.answers,
                    'analysed', done.analysed, 'costMicroUsd', done.cost, 'failures', (
                        SELECT coalesce(json_agg(json_build_object('reason', failure, 'answers', number)
                            ORDER BY number DESC, failure), '[]')
                        FROM (SELECT failure, count(*) AS number FROM analysis_request WHERE batch_id = b.id AND failure IS NOT NULL
                            GROUP BY failure) reasons)) ORDER BY b.created_at DESC), '[]')
                FROM (SELECT * FROM analysis_batch WHERE assessment_id = a.id ORDER BY created_at DESC LIMIT 20) b
                JOIN account u ON u.id = b.account_id
                CROSS JOIN LATERAL (
                    SELECT count(*) AS answers, count(r.id) AS analysed, count(q.failure) AS failed, sum(r.cost_micro_usd) AS cost
                    FROM analysis_request q LEFT JOIN analysis_result r ON r.request_id = q.id
                    WHERE q.batch_id = b.id) done) AS batches
            FROM assessment a WHERE id = \(id)
            """)
        guard let analyses else { throw .notFound("assessment") }
        return analyses
    }
}
