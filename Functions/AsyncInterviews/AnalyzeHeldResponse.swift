import Endpoint
import Events
import Identity
import JSON
import Postgres
import Validation

/// Has an answer analysed whose transcript was not trusted: somebody has looked at it and wants it nevertheless.
@main struct AnalyzeHeldResponse: Endpoint {
    static let route = Route.post("/api/async-interviews/{id}/analyze/{questionId}")
    static let access = Access.recruiter
    static let summary = "Analyse an answer whose transcript was doubted"
    static let success = Success.noContent
    static let failures: [Failure.Code] = [.notFound, .conflict]

    struct Input: Decodable {
        let id: Identifier
        let questionId: Identifier
    }

    private struct Held: Decodable {
        let id: Identifier
        let wasHeld: Bool
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> Nothing {
        try caller.database.transaction { transaction throws(Failure) in
            let answer: Held? = try transaction.row(
                """
                WITH answer AS (
                    SELECT id, analysis_status FROM video_response
                    WHERE async_interview_id = \(input.id) AND question_id = \(input.questionId) FOR UPDATE),
                released AS (
                    UPDATE video_response v SET analysis_held = false, updated_at = now()
                    FROM answer WHERE v.id = answer.id AND answer.analysis_status = 'held' RETURNING v.id)
                SELECT id, EXISTS (SELECT FROM released) AS was_held FROM answer
                """)
            guard let answer else { throw .notFound("answer") }
            guard answer.wasHeld else { throw .conflict("No analysis of this answer is waiting for anybody.") }
            transaction.emit(.responseTranscribed, ["videoResponseId": .string(answer.id.description)])
        }
        return Nothing()
    }
}
