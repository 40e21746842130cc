import Analysis
public import Endpoint
public import Models
public import Postgres
import Validation

extension AnalysisBatch {
    /// Keeps what came of each answer, and ends the batch. An answer that got no result keeps the one it had, and says why.
    public func keep(_ results: BatchResults, _ batches: MessageBatches, _ database: Session) throws(Failure) {
        let answers = try AnswerRecord.read(requests.map(\.videoResponseId), database)
        let wantsTone = try EngineSetting.read(database).reportsWordingTone
        for request in requests {
            guard let record = answers.first(where: { $0.id == request.videoResponseId }) else { continue }
            let found = insights(for: request, record, results, wantsTone: wantsTone)
            try database.transaction { transaction throws(Failure) in
                var failure: ModelFailure?
                switch found {
                case .success(let insights):
                    try record.keep(insights, for: request.id, hash: request.textSha256 ?? "", in: transaction)
                case .failure(let why):
                    failure = why
                    let isOurs = cancelledAt != nil && why == BatchResults.cancelled
                    Self.fail(request.id, because: isOurs ? Self.cancellation : why.description, in: transaction)
                }
                guard let call = request.aiCallId else { return }
                batches.finish(call, of: request.id, samples: RatingQuestion.samples, results, failure, in: transaction)
            }
        }
        // An answer whose candidate has refused meanwhile is without a result, too.
        try end(batches, because: "The answer may not be analysed any more.", database)
    }

    private func insights(
        for request: Request, _ record: AnswerRecord, _ results: BatchResults, wantsTone: Bool
    ) -> Result<Insights, ModelFailure> {
        guard let transcript = record.transcript, AnswerRecord.hash(of: transcript) == request.textSha256 else {
            return .failure(.unusable(detail: "the answer is another one now"))
        }
        let question = RatingQuestion(record.answer(transcript, wantsTone: wantsTone), withholding: record.candidateName)
        let answers = results.answers(to: question.prompt, as: request.id, samples: RatingQuestion.samples)
        do throws(ModelFailure) {
            return .success(try question.insights(from: answers))
        } catch {
            return .failure(error)
        }
    }

    /// Ends the batch, and finishes what the ledger has of it.
    public func end(_ batches: MessageBatches, because reason: String, _ database: Session) throws(Failure) {
        try database.transaction { transaction in
            for request in requests {
                guard let call = request.aiCallId else { continue }
                // What was finished already stays as it is.
                batches.finish(call, of: request.id, samples: 0, nil, .unavailable(retryAfter: nil, detail: reason), in: transaction)
            }
            end(because: reason, in: transaction)
        }
    }
}
