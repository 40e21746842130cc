import Endpoint
import Events
import Identity
import JSON
import Postgres
import Validation

/// Has the answers to an assessment analysed once more, all together: after another engine was chosen, or to see whether
/// one still rates as it did. Earlier results are kept.
@main struct AnalyzeAssessment: Endpoint {
    static let route = Route.post("/api/assessments/{id}/analyze")
    static let access = Access.recruiter
    static let summary = "Have an assessment's answers analysed once more"
    static let failures: [Failure.Code] = [.notFound, .conflict]

    struct Input: Decodable {
        let id: Identifier
    }

    struct Output: Codable {
        let batchId: Identifier
        /// Answers that are analysed again.
        let requested: Int
        /// Answers that are left for another time, since there may be so many at once.
        let left: Int
    }

    /// Answers of one batch. Each is asked about three times with up to some kilobytes of rubric, and a provider takes 256 MB.
    private static let most = 1000

    private struct Known: Decodable {
        /// How many of its answers can be analysed.
        let ready: Int
        let isUnderWay: Bool
    }

    private struct Batch: Decodable {
        let id: Identifier
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> Output {
        try caller.database.transaction { transaction throws(Failure) in
            // Of two who ask at once, one sees what the other asked for.
            transaction.queue("SELECT FROM assessment WHERE id = \(input.id) FOR UPDATE")
            let known: Known? = try transaction.row(
                """
                SELECT (SELECT count(*) FROM answers_to_analyze(a.id) WHERE hindrance IS NULL) AS ready,
                    EXISTS (SELECT FROM analysis_batch b WHERE b.assessment_id = a.id AND b.state IN ('WAITING', 'SENT')) AS is_under_way
                FROM assessment a WHERE id = \(input.id)
                """)
            guard let known else { throw .notFound("assessment") }
            guard !known.isUnderWay else { throw .conflict("Its answers are being analysed now.") }
            guard known.ready > 0 else { throw .conflict("It has no answers that can be analysed once more.") }
            let batch: Batch? = try transaction.row(
                """
                WITH batch AS (
                    INSERT INTO analysis_batch (organization_id, assessment_id, account_id)
                    VALUES (caller_organization(), \(input.id), caller_account()) RETURNING id),
                requests AS (
                    INSERT INTO analysis_request (organization_id, video_response_id, account_id, batch_id)
                    SELECT caller_organization(), ready.video_response_id, caller_account(), batch.id
                    FROM batch, answers_to_analyze(\(input.id)) ready WHERE ready.hindrance IS NULL LIMIT \(Self.most))
                SELECT id FROM batch
                """)
            guard let batch else { throw .internal("an inserted row was not returned") }
            transaction.emit(.analysisBatchRequested, ["batchId": .string(batch.id.description)])
            return Output(batchId: batch.id, requested: min(known.ready, Self.most), left: max(0, known.ready - Self.most))
        }
    }
}
