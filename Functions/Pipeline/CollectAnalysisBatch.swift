import AnswerRecords
import Endpoint
import Events
import Models
import Postgres
import Validation

/// Looks after a batch that a provider has: comes again while it is under way, has it cancelled where somebody wants that,
/// and keeps what came of it. An answer that got no result keeps the one it had, and says why.
@main struct CollectAnalysisBatch: Endpoint {
    static let route = Route.post("/api/ai/batches/collect")
    static let access = Access.event(.analysisBatchDue)
    static let summary = "Webhook: look after a batch of answers"
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
        guard batch.state == .sent, let provider = batch.provider, let name = batch.providerBatchId else { return Nothing() }
        guard let batches = engines.batches(named: provider, of: database) else {
            try database.transaction { transaction in
                batch.end(because: "\(provider) is not declared any more.", in: transaction)
            }
            return Nothing()
        }
        switch try look(at: name, of: batch, batches) {
        case .underWay(let isCancelling):
            if batch.cancelledAt != nil, !isCancelling { try cancel(name, batches) }
            try comeAgain(batch, caller)
        case .ended(let results): try batch.keep(results, batches, database)
        case .gone: try batch.end(batches, because: "The provider does not know the batch any more.", database)
        }
        return Nothing()
    }

    /// A batch ends within a day, and what has not become known of it some hours later never will.
    private static let mostSeconds = 30 * 3600

    private func look(
        at name: String, of batch: AnalysisBatch, _ batches: MessageBatches
    ) throws(Failure) -> MessageBatches.State {
        do throws(ModelFailure) {
            return try batches.state(of: name)
        } catch {
            if secondsSinceSent(batch) > Self.mostSeconds { return .gone }
            throw .unavailable("The engine is not available.", retryAfter: 10, cause: error.description)
        }
    }

    private func secondsSinceSent(_ batch: AnalysisBatch) -> Int { Timestamp.now.seconds - (batch.sentAt ?? batch.createdAt).seconds }

    private func cancel(_ name: String, _ batches: MessageBatches) throws(Failure) {
        do throws(ModelFailure) {
            try batches.cancel(name)
        } catch {
            throw .unavailable("The engine is not available.", retryAfter: 10, cause: error.description)
        }
    }

    /// After a tenth of the time that has passed: small batches take minutes, large ones an hour. One that is cancelled
    /// ends soon.
    private func comeAgain(_ batch: AnalysisBatch, _ caller: Service) throws(Failure) {
        let seconds = batch.cancelledAt.map { Timestamp.now.seconds - $0.seconds } ?? secondsSinceSent(batch)
        let pause = min(600, max(3, seconds / 10))
        try caller.once { transaction in
            transaction.queue(
                """
                SELECT emit(\(Topic.analysisBatchDue.rawValue), jsonb_build_object('batchId', \(batch.id)),
                    now() + make_interval(secs => \(Double(pause))))
                """)
        }
    }
}
