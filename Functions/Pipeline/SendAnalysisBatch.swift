import Analysis
import AnswerRecords
import Endpoint
import Events
import Models
import Postgres
import Validation

/// Hands the answers of a batch to the organisation's model in one request, at half its price. Where the model's provider
/// has no batches, or there is no model, each answer goes its own way.
@main struct SendAnalysisBatch: Endpoint {
    static let route = Route.post("/api/ai/batches/send")
    static let access = Access.event(.analysisBatchRequested)
    static let summary = "Webhook: hand a batch of answers to the model"
    static let success = Success.noContent
    static let failures: [Failure.Code] = [.notFound]

    struct Input: Decodable {
        let batchId: Identifier
    }

    let engines: Engines

    init(_ environment: Environment) throws(Failure) { engines = try Engines(environment) }

    func handle(_ input: Input, from caller: Service) throws(Failure) -> Nothing {
        let database = caller.database
        let batch = try AnalysisBatch.read(input.batchId, database)
        guard batch.state == .waiting else { return Nothing() }
        guard let batches = try engines.batches(of: database) else {
            try batch.goOneByOne(database)
            return Nothing()
        }
        // Of an attempt that was interrupted.
        try batch.release(batches, .unavailable(retryAfter: nil, detail: "it was interrupted"), database)
        let questions = try batch.questions(database)
        guard !questions.isEmpty else {
            try database.transaction { transaction in batch.end(because: "There was nothing to ask.", in: transaction) }
            return Nothing()
        }
        let name: String?
        do throws(ModelFailure) {
            name = try batches.send(questions, samples: RatingQuestion.samples)
        } catch {
            try wait(for: batch.id, batches, error, database)
            return Nothing()
        }
        if let name {
            try database.transaction { transaction in
                batch.noteSent(to: batches.name, model: batches.model, as: name, in: transaction)
            }
        } else {
            let left = try AnalysisBatch.read(batch.id, database)
            try left.release(batches, .unavailable(retryAfter: nil, detail: "it has no batches"), database)
            try left.goOneByOne(database)
        }
        return Nothing()
    }

    /// Waits as long as the operator stated; earlier results are there, so that nothing has to take their place.
    private func wait(
        for id: Identifier, _ batches: MessageBatches, _ failure: ModelFailure, _ database: Session
    ) throws(Failure) {
        let batch = try AnalysisBatch.read(id, database)
        try batch.release(batches, failure, database)
        guard batch.state == .waiting else { return }
        let patience = engines.patienceSeconds - (Timestamp.now.seconds - batch.createdAt.seconds)
        if case .unavailable(let seconds, let detail) = failure, patience > 0 {
            throw .unavailable("The engine is not available.", retryAfter: min(seconds ?? 2, patience), cause: detail)
        }
        try database.transaction { transaction in batch.end(because: failure.description, in: transaction) }
    }
}
