import Endpoint
import Identity
import Interviews
import Postgres
import Validation

/// Saves a written answer. It can be written anew until the interview is submitted.
@main struct SaveTextResponse: Endpoint {
    static let route = Route.post("/api/candidate/interview/{token}/text-response")
    static let access = Access.candidateFinishing
    static let summary = "Answer a question in writing"

    struct Input: Decodable {
        let questionId: Identifier
        let text: Text<1, 10_000>
        /// How long it took to write.
        let durationSeconds: Whole<1, 1900>
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Candidate) throws(Failure) -> SavedAnswer {
        let answer = WrittenAnswer(to: input.questionId, text: input.text.value, seconds: input.durationSeconds.value)
        return try caller.database.transaction { transaction throws(Failure) in
            try answer.save(transaction)
            return try .read(input.questionId, transaction)
        }
    }
}
