import Analysis
public import Endpoint
import Events
import Interviews
import JSON
public import Models
public import Postgres
import Validation

extension AnalysisBatch {
    /// What to ask a model. What none may rate is left out, and gets a reason for that.
    public func questions(_ database: Session) throws(Failure) -> [MessageBatches.Question] {
        let answers = try AnswerRecord.read(requests.map(\.videoResponseId), database)
        let wantsTone = try EngineSetting.read(database).reportsWordingTone
        var questions: [MessageBatches.Question] = []
        var obstacles: [(Identifier, String)] = []
        for request in requests {
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
            for (request, obstacle) in obstacles { Self.fail(request, because: obstacle, in: transaction) }
        }
        return questions
    }

    /// Has each answer go its own way, unless that was cancelled meanwhile.
    public func goOneByOne(_ database: Session) throws(Failure) {
        try database.transaction { transaction throws(Failure) in
            let isWaiting = try transaction.execute(
                "UPDATE analysis_batch SET state = 'ONE_BY_ONE', sent_at = now() WHERE id = \(id) AND state = 'WAITING'") == 1
            guard isWaiting else { return }
            for request in requests {
                transaction.emit(.analysisRequested, [
                    "videoResponseId": .string(request.videoResponseId.description), "requestId": .string(request.id.description),
                ])
            }
        }
    }

    /// Finishes what the ledger has of answers that were not sent: it holds back money for them.
    public func release(_ batches: MessageBatches, _ failure: ModelFailure, _ database: Session) throws(Failure) {
        try database.transaction { transaction in
            for call in calls { batches.finish(call.id, of: call.requestId, samples: 0, nil, failure, in: transaction) }
        }
    }
}
