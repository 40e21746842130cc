import Endpoint
import Identity
import Interviews
import Postgres
import Validation

/// Enters a take that a page has begun to record. The page does not wait for this: it may tell of
/// a take long after, when it was offline meanwhile.
@main struct BeginTake: Endpoint {
    static let route = Route.post("/api/candidate/interview/{token}/take")
    static let access = Access.candidateFinishing
    static let summary = "Tell that a take has begun"
    static let failures: [Failure.Code] = [.takenOver, .rateLimited]

    struct Input: Decodable {
        /// Made by the page; the same again changes nothing.
        let takeId: Identifier
        let questionId: Identifier
        /// The page's, as when it opened the question.
        let session: Identifier
        /// How long ago recording began, by a clock of the page that nobody sets.
        let secondsAgo: Seconds<86_400>
    }

    struct Output: Codable {
        let takeId: Identifier
        let takeNumber: Int
        let begunAt: Timestamp
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Candidate) throws(Failure) -> Output {
        try caller.database.transaction { transaction throws(Failure) in
            let facts = try QuestionFacts.read(input.questionId, take: input.takeId, transaction)
            try check(input, facts)
            Takes.noteSeen(transaction)
            if let take = facts.take { return Output(takeId: take.id, takeNumber: take.takeNumber, begunAt: take.begunAt) }
            return try begin(input, facts, transaction)
        }
    }

    private func check(_ input: Input, _ facts: QuestionFacts) throws(Failure) {
        try AnswerRules.checkStatus(facts.status)
        guard let type = facts.type else { throw AnswerRules.unknownQuestion }
        guard type != .asyncText else { throw AnswerRules.isWritten }
        try facts.checkHolder(input.session)
        if let take = facts.take {
            guard take.questionId == input.questionId else { throw .invalid("takeId", "is of a take of another question") }
            return
        }
        try facts.checkOpen()
        guard facts.isOpened else { throw .conflict("Open the question before you record an answer to it.") }
        guard facts.takes < Takes.most else {
            throw Failure(.rateLimited, "Too many takes of this question were begun. Write to whoever invited you.")
        }
    }

    /// A new take after one that was recorded is a retake, also when nobody asked for one first.
    private func begin(_ input: Input, _ facts: QuestionFacts, _ transaction: Transaction) throws(Failure) -> Output {
        var number = facts.retakesUsed + 1
        if let newest = facts.newest, newest.state == .recorded {
            try facts.checkRetake()
            Takes.retake(newest.id, transaction)
            number += 1
        }
        Takes.interrupt(transaction)
        let begun: Output? = try transaction.row(
            """
            INSERT INTO take (async_interview_id, id, organization_id, question_id, take_number, begun_at)
            SELECT id, \(input.takeId), organization_id, \(input.questionId), \(number), begun_at
            FROM async_interview CROSS JOIN LATERAL (
                SELECT greatest(now() - \(input.secondsAgo.value) * interval '1 second', started_at) AS begun_at) clock
            WHERE id = caller_interview() AND begun_at <= deadline_at
            RETURNING id AS take_id, take_number, begun_at
            """)
        guard let begun else { throw .gone(facts.deadlineNotice) }
        return begun
    }
}
