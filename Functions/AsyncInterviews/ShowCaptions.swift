import Endpoint
import Identity
import Postgres
import Speech
import Validation

/// An answer's transcript as captions for the player.
@main struct ShowCaptions: Endpoint {
    static let route = Route.get("/api/async-interviews/{id}/captions/{questionId}")
    static let access = Access.recruiter
    static let summary = "An answer's captions as WebVTT"
    static let failures: [Failure.Code] = [.notFound]

    struct Input: Decodable {
        let id: Identifier
        let questionId: Identifier
    }

    private struct Found: Decodable {
        let words: [Word]?
        let problem: TranscriptProblem?
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> Document<WebVTT> {
        let found: Found? = try caller.database.row(
            """
            SELECT transcript_data -> 'words' AS words, transcript_problem AS problem FROM video_response
            WHERE async_interview_id = \(input.id) AND question_id = \(input.questionId)
            """)
        guard let found else { throw .notFound("answer") }
        guard let words = found.words else { throw .notFound("transcript") }
        return Document(Array(Captions(of: words, problem: found.problem).webVTT.utf8))
    }
}
