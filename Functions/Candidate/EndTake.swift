import Endpoint
import Identity
import Interviews
import Postgres
import Validation

/// Enters how a take ended: recorded, or interrupted by a fault, which costs nothing.
@main struct EndTake: Endpoint {
    static let route = Route.post("/api/candidate/interview/{token}/take/end")
    static let access = Access.candidateFinishing
    static let summary = "Tell how a take ended"
    static let failures: [Failure.Code] = [.takenOver]

    struct Input: Decodable {
        let takeId: Identifier
        /// The page's, as when it opened the question.
        let session: Identifier
        let outcome: Outcome
        let durationSeconds: Whole<0, 1900>
    }

    enum Outcome: String, Choice {
        case recorded = "RECORDED"
        case interrupted = "INTERRUPTED"
    }

    struct Output: Codable {
        let takeId: Identifier
        let takeNumber: Int
        /// What holds, which is what was told first unless that could be changed.
        let outcome: Outcome
        let retakesUsed: Int
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Candidate) throws(Failure) -> Output {
        try caller.database.transaction { transaction throws(Failure) in
            let facts = try QuestionFacts.read(nil, take: input.takeId, transaction)
            try AnswerRules.checkStatus(facts.status)
            try facts.checkHolder(input.session)
            guard let take = facts.take else {
                throw .conflict("Nothing is known of this take yet. Tell that it began, then tell again how it ended.")
            }
            if input.outcome == .recorded {
                guard input.durationSeconds.value > 0 else { throw .invalid("durationSeconds", "must not be 0") }
                try AnswerRules.checkDuration(input.durationSeconds.value, limit: facts.timeLimitSeconds)
            }
            let outcome = try outcome(input, take, facts)
            if take.state.rawValue != outcome.rawValue, take.state != .retaken { end(input, as: outcome, transaction) }
            Takes.noteSeen(transaction)
            return Output(
                takeId: take.id, takeNumber: take.takeNumber, outcome: outcome, retakesUsed: facts.retakesUsed)
        }
    }

    private func outcome(_ input: Input, _ take: Take, _ facts: QuestionFacts) throws(Failure) -> Outcome {
        switch (take.state, input.outcome) {
        case (.running, let outcome): return outcome
        case (.interrupted, .interrupted): return .interrupted
        case (.interrupted, .recorded):
            // Whole after all: a page that was reloaded finds what it had recorded.
            return facts.newest?.id == take.id && !facts.isAnswered ? .recorded : .interrupted
        case (.recorded, .recorded), (.retaken, .recorded): return .recorded
        case (.recorded, .interrupted) where !take.isStored && !facts.isAnswered: return .interrupted
        case (.recorded, .interrupted), (.retaken, .interrupted):
            throw .conflict("This take was recorded and counts; it can no longer be called interrupted.")
        }
    }

    private func end(_ input: Input, as outcome: Outcome, _ transaction: Transaction) {
        transaction.queue(
            """
            UPDATE take SET state = \(outcome), duration_seconds = \(input.durationSeconds),
                ended_at = least(begun_at + \(input.durationSeconds) * interval '1 second', now())
            WHERE async_interview_id = caller_interview() AND id = \(input.takeId)
            """)
    }
}
