import Endpoint
import Events
import Identity
import ObjectStores
import Postgres
import Storage
import StoredObjects
import Validation

/// The storage webhook: confirms a stored recording with the store and starts its transcription
/// when the candidate has chosen it as an answer.
@main struct RecordingStored: Endpoint {
    static let route = Route.post("/api/webhooks/storage")
    static let access = Access.event(.blobStored)
    static let summary = "Storage webhook: a recording was stored"
    static let success = Success.noContent
    static let failures: [Failure.Code] = [.notFound, .conflict]

    struct Input: Decodable {
        let key: Text<1, 200>
        let size: Whole<1, 2_147_483_648>
        let contentType: RecordingType
    }

    private struct Recording: Decodable {
        let mimeType: String
        let status: String
        /// As the store named it when the recording arrived; null for the local store's, which names none.
        let etag: String?
    }

    private struct DeviceCheck: Decodable {
        let id: Identifier
    }

    let objects: StoredObjects

    init(_ environment: Environment) throws(Failure) { objects = try StoredObjects(environment) }

    func handle(_ input: Input, from caller: Service) throws(Failure) -> Nothing {
        // What a webhook says is only a hint; the store itself knows.
        let stored = try objects.find(input.key.value)
        try caller.once { transaction throws(Failure) in
            let recording: Recording? = try transaction.row(
                "SELECT mime_type, status, etag FROM recording WHERE video_key = \(input.key) FOR UPDATE")
            guard let recording else {
                // A device check is measured and removed when the candidate's page asks for it.
                if try isDeviceCheck(input.key.value, transaction) { return }
                throw .notFound("recording")
            }
            // Given up before this was delivered.
            if recording.status == "TERMINATED" { return }
            guard stored?.size == input.size.value, stored?.tag?.text == recording.etag ?? stored?.tag?.text,
                recording.mimeType == input.contentType.text
            else {
                throw .conflict("The store holds something else at this key than the event says.")
            }
            // Stores may tell of one object in several events: the first counts.
            if recording.status == "STORED" { return }
            transaction.queue(
                """
                UPDATE recording SET status = 'STORED', size_bytes = \(input.size), stored_at = now()
                WHERE video_key = \(input.key)
                """)
            transaction.queue(
                """
                SELECT emit('response.recorded', jsonb_build_object('videoResponseId', id))
                FROM video_response
                WHERE video_key = \(input.key) AND consent_given(async_interview_id, 'TRANSCRIPTION')
                """)
        }
        return Nothing()
    }

    private func isDeviceCheck(_ key: String, _ transaction: Transaction) throws(Failure) -> Bool {
        try !transaction.rows("SELECT id FROM device_check WHERE key = \(key)", as: DeviceCheck.self).isEmpty
    }
}
