import Deletion
import Endpoint
import Identity
import Postgres
import Validation

/// Deletes an answer's recording for good, with every take of it, its transcript and its analyses. The scores and notes
/// that people gave it stay.
@main struct DeleteRecording: Endpoint {
    static let route = Route.delete("/api/async-interviews/{id}/recordings/{questionId}")
    static let access = Access.recruiter
    static let summary = "Delete an answer's recording"
    static let failures: [Failure.Code] = [.notFound, .conflict]

    struct Input: Decodable {
        let id: Identifier
        let questionId: Identifier
    }

    private struct Answer: Decodable {
        let id: Identifier
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> DeletionRecord {
        let answer: Answer? = try caller.database.row(
            "SELECT id FROM video_response WHERE async_interview_id = \(input.id) AND question_id = \(input.questionId)")
        guard let answer else { throw .notFound("answer") }
        return try DeletionRecord.request(.recording, answer.id, caller.database)
    }
}
