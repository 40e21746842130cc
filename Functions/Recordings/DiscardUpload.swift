import Endpoint
import Events
import Postgres
import StoredObjects
import Validation

/// Removes what arrived of a resumable upload that was never finished, once it has expired.
@main struct DiscardUpload: Endpoint {
    static let route = Route.post("/api/webhooks/uploads")
    static let access = Access.event(.uploadExpired)
    static let summary = "Remove an upload that expired"
    static let success = Success.noContent
    static let failures: [Failure.Code] = [.notFound]

    struct Input: Decodable {
        let key: Text<1, 200>
    }

    private struct Upload: Decodable {
        let isExpired: Bool
        let uploadName: String?
    }

    let objects: StoredObjects

    init(_ environment: Environment) throws(Failure) { objects = try StoredObjects(environment) }

    func handle(_ input: Input, from caller: Service) throws(Failure) -> Nothing {
        try caller.once { transaction throws(Failure) in
            // A store that is not ours may take its time.
            transaction.queue("SET LOCAL idle_in_transaction_session_timeout = '60s'")
            let upload: Upload? = try transaction.row(
                "SELECT expires_at <= now() AS is_expired, upload_name FROM recording WHERE video_key = \(input.key)")
            guard let upload else { throw .notFound("upload") }
            if upload.isExpired {
                try objects.discardParts(of: input.key.value, uploadName: upload.uploadName)
            } else {
                // It came early; the upload may still be gone on with.
                transaction.queue(
                    """
                    SELECT emit('upload.expired', jsonb_build_object('key', video_key), expires_at)
                    FROM recording WHERE video_key = \(input.key)
                    """)
            }
        }
        return Nothing()
    }
}
