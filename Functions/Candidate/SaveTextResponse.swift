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
    static let failures: [Failure.Code] = [.takenOver]

    struct Input: Decodable {
        let questionId: Identifier
        /// The page's, as when it opened the question. When it is given, a page that another one has taken over from
        /// writes nothing over.
        let session: Identifier?
        let text: Text<1, 10_000>
        /// How long it took to write.
        let durationSeconds: Whole<1, 1900>
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Candidate) throws(Failure) -> SavedAnswer {
        let answer = WrittenAnswer(to: input.questionId, text: input.text.value, seconds: input.durationSeconds.value)
        return try caller.database.transaction { transaction throws(Failure) in
            try answer.save(from: input.session, transaction)
            return try .read(input.questionId, transaction)
        }
    }
}
