import AnswerRecords
import Endpoint
import Identity
import Postgres
import Validation

/// Wants no more of answers that are being analysed once more. Those that are done count; the rest keep their earlier results.
@main struct CancelAnalysisBatch: Endpoint {
    static let route = Route.post("/api/assessments/{id}/analyses/{batchId}/cancel")
    static let access = Access.recruiter
    static let summary = "Cancel an analysis of an assessment's answers"
    static let success = Success.noContent
    static let failures: [Failure.Code] = [.notFound, .conflict]

    struct Input: Decodable {
        let id: Identifier
        let batchId: Identifier
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> Nothing {
        try caller.database.transaction { transaction throws(Failure) in
            try AnalysisBatch.cancel(input.batchId, of: input.id, in: transaction)
        }
        return Nothing()
    }
}
