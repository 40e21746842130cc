import Endpoint
import Events
import Postgres
import StoredObjects
import Validation

/// Removes what was recorded and then not used, since the candidate recorded again. What is still
/// on its way is refused from now on.
@main struct DiscardRecording: Endpoint {
    static let route = Route.post("/api/webhooks/recordings")
    static let access = Access.event(.recordingDiscarded)
    static let summary = "Remove a recording that was given up"
    static let success = Success.noContent
    static let failures: [Failure.Code] = [.notFound]

    struct Input: Decodable {
        let key: Text<1, 200>
    }

    private struct Recording: Decodable {
        let isAnswer: Bool
        let uploadName: String?
    }

    let objects: StoredObjects

    init(_ environment: Environment) throws(Failure) { objects = try StoredObjects(environment) }

    func handle(_ input: Input, from caller: Service) throws(Failure) -> Nothing {
        try caller.once { transaction throws(Failure) in
            // A store that is not ours may take its time.
            transaction.queue("SET LOCAL idle_in_transaction_session_timeout = '60s'")
            // Waits for an answer that is being made of it, and only then looks.
            transaction.queue("SELECT FROM recording WHERE video_key = \(input.key) FOR UPDATE")
            let recording: Recording? = try transaction.row(
                """
                SELECT EXISTS (SELECT FROM video_response WHERE video_key = r.video_key) AS is_answer, upload_name
                FROM recording r WHERE video_key = \(input.key)
                """)
            guard let recording else { throw .notFound("recording") }
            if recording.isAnswer { return }
            transaction.queue("UPDATE recording SET status = 'TERMINATED' WHERE video_key = \(input.key)")
            transaction.queue("DELETE FROM blob WHERE key = \(input.key)")
            try objects.discardParts(of: input.key.value, uploadName: recording.uploadName)
            try objects.discard(input.key.value)
        }
        return Nothing()
    }
}
