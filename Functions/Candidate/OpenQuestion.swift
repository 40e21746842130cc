import Endpoint
import Identity
import Interviews
import Postgres
import Storage
import Validation

/// Opens a question, or opens it again after a reload or on another device: whichever page did so
/// last goes on with the interview.
@main struct OpenQuestion: Endpoint {
    static let route = Route.post("/api/candidate/interview/{token}/question")
    static let access = Access.candidateFinishing
    static let summary = "Open a question and go on with the interview here"

    struct Input: Decodable {
        let questionId: Identifier
        /// Made by the page when it was loaded.
        let session: Identifier
        /// Whether to give up the take that was recorded and to think anew.
        let retake: Bool?
    }

    struct Output: Codable {
        let questionId: Identifier
        let type: QuestionType
        /// Null when there is no limit.
        let thinkSecondsLeft: Double?
        let timeLimitSeconds: Int
        let retakesAllowed: Int
        let retakesUsed: Int
        /// Of the take that runs or was recorded, or else of the next one.
        let takeNumber: Int
        /// To think and write, since the question was first opened; null without a limit, and for
        /// an answer on video.
        let answerSecondsLeft: Double?
        /// What was written so far.
        let draft: String?
        let keptTake: KeptTake?
        let serverTime: Timestamp
    }

    let store: BlobStore

    init(_ environment: Environment) throws(Failure) { store = try BlobStore(environment) }

    func handle(_ input: Input, from caller: Candidate) throws(Failure) -> Output {
        let opened = try caller.database.transaction { transaction throws(Failure) in
            let facts = try QuestionFacts.read(input.questionId, transaction)
            try facts.checkOpen()
            let replaced = input.retake == true && facts.newest?.state == .recorded ? facts.newest : nil
            // A retake is something new; without it the take that is there can still be used.
            guard !facts.isLate || facts.isBegunInTime && replaced == nil else { throw .gone(facts.deadlineNotice) }
            if let replaced {
                try facts.checkRetake()
                Takes.retake(replaced.id, transaction)
            }
            OpenedQuestion.hand(input.questionId, to: input.session, facts, transaction)
            return try OpenedQuestion.open(input.questionId, thinkingAnew: replaced != nil, transaction)
        }
        return Output(
            questionId: input.questionId, type: opened.type, thinkSecondsLeft: opened.thinkSecondsLeft,
            timeLimitSeconds: opened.timeLimitSeconds, retakesAllowed: opened.retakesAllowed,
            retakesUsed: opened.retakesUsed, takeNumber: opened.retakesUsed + 1, answerSecondsLeft: opened.answerSecondsLeft,
            draft: opened.draft, keptTake: opened.kept.map { KeptTake($0, in: store) }, serverTime: opened.now)
    }
}
