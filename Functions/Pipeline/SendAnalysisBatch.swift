import Analysis
import AnswerRecords
import Endpoint
import Events
import Interviews
import JSON
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
            try goOneByOne(batch, database)
            return Nothing()
        }
        // Of an attempt that was interrupted.
        try release(batch, batches, .unavailable(retryAfter: nil, detail: "it was interrupted"), database)
        let questions = try questions(of: batch, database)
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
            try release(left, batches, .unavailable(retryAfter: nil, detail: "it has no batches"), database)
            try goOneByOne(left, database)
        }
        return Nothing()
    }

    /// Leaves out what no model may rate, and says why.
    private func questions(of batch: AnalysisBatch, _ database: Session) throws(Failure) -> [MessageBatches.Question] {
        let answers = try AnswerRecord.read(batch.requests.map(\.videoResponseId), database)
        let wantsTone = try EngineSetting.read(database).reportsWordingTone
        var questions: [MessageBatches.Question] = []
        var obstacles: [(Identifier, String)] = []
        for request in batch.requests {
            guard let record = answers.first(where: { $0.id == request.videoResponseId }), let transcript = record.transcript,
                record.analysisStatus == .complete
            else {
                obstacles.append((request.id, "The answer may not be analysed any more."))
                continue
            }
            let answer = record.answer(transcript, wantsTone: wantsTone)
            if let obstacle = ModelAnalyst.obstacle(to: answer) {
                obstacles.append((request.id, obstacle))
            } else {
                questions.append(MessageBatches.Question(
                    id: request.id, subject: record.id, textSHA256: AnswerRecord.hash(of: transcript),
                    prompt: RatingQuestion(answer, withholding: record.candidateName).prompt))
            }
        }
        try database.transaction { transaction in
            for (request, obstacle) in obstacles { AnalysisBatch.fail(request, because: obstacle, in: transaction) }
        }
        return questions
    }

    private func goOneByOne(_ batch: AnalysisBatch, _ database: Session) throws(Failure) {
        try database.transaction { transaction throws(Failure) in
            guard try batch.noteOneByOne(in: transaction) else { return }
            for request in batch.requests {
                transaction.emit(.analysisRequested, [
                    "videoResponseId": .string(request.videoResponseId.description), "requestId": .string(request.id.description),
                ])
            }
        }
    }

    /// Waits as long as the operator stated; earlier results are there, so that nothing has to take their place.
    private func wait(
        for id: Identifier, _ batches: MessageBatches, _ failure: ModelFailure, _ database: Session
    ) throws(Failure) {
        let batch = try AnalysisBatch.read(id, database)
        try release(batch, batches, failure, database)
        guard batch.state == .waiting else { return }
        let patience = engines.patienceSeconds - (Timestamp.now.seconds - batch.createdAt.seconds)
        if case .unavailable(let seconds, let detail) = failure, patience > 0 {
            throw .unavailable("The engine is not available.", retryAfter: min(seconds ?? 2, patience), cause: detail)
        }
        try database.transaction { transaction in batch.end(because: failure.description, in: transaction) }
    }

    /// Finishes what the ledger has of answers that were not sent: it holds back money for them.
    private func release(
        _ batch: AnalysisBatch, _ batches: MessageBatches, _ failure: ModelFailure, _ database: Session
    ) throws(Failure) {
        try database.transaction { transaction in
            for call in batch.calls { batches.finish(call.id, of: call.requestId, samples: 0, nil, failure, in: transaction) }
        }
    }
}
