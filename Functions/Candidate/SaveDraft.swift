import Endpoint
import Identity
import Interviews
import Postgres
import Validation

/// Keeps what a candidate has written so far. Nobody else sees it.
@main struct SaveDraft: Endpoint {
    static let route = Route.post("/api/candidate/interview/{token}/draft")
    static let access = Access.candidateFinishing
    static let summary = "Keep a written answer that is not finished"
    static let success = Success.noContent
    static let failures: [Failure.Code] = [.takenOver]

    struct Input: Decodable {
        let questionId: Identifier
        /// The page's, as when it opened the question.
        let session: Identifier
        let text: Text<0, 10_000>
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Candidate) throws(Failure) -> Nothing {
        try caller.database.transaction { transaction throws(Failure) in
            let facts = try QuestionFacts.read(input.questionId, transaction)
            try AnswerRules.checkStatus(facts.status)
            guard let type = facts.type else { throw AnswerRules.unknownQuestion }
            guard type == .asyncText else { throw AnswerRules.isSpoken }
            try facts.checkHolder(input.session)
            try facts.checkOpen()
            guard facts.isOpened else { throw .conflict("Open the question before you answer it.") }
            guard !facts.isLate || facts.isBegunInTime else { throw .gone(facts.deadlineNotice) }
            transaction.queue(
                """
                UPDATE opened_question SET draft = \(input.text)
                WHERE async_interview_id = caller_interview() AND question_id = \(input.questionId)
                """)
            Takes.noteSeen(transaction)
            return Nothing()
        }
    }
}
