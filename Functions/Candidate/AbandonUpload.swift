import Endpoint
import Events
import Identity
import JSON
import Postgres
import Storage
import Validation

/// Gives an upload to a remote store up: what has arrived of it is removed soon.
@main struct AbandonUpload: Endpoint {
    static let route = Route.delete("/api/candidate/interview/{token}/uploads/parts")
    static let access = Access.candidateFinishing
    static let summary = "Give an upload in parts up"
    static let success = Success.noContent
    static let failures: [Failure.Code] = [.notFound, .conflict, .gone]

    struct Input: Decodable {
        let videoKey: Text<1, 200>
    }

    let store: BlobStore

    init(_ environment: Environment) throws(Failure) { store = try BlobStore(environment) }

    func handle(_ input: Input, from caller: Candidate) throws(Failure) -> Nothing {
        try caller.database.transaction { transaction throws(Failure) in
            // Waits for an answer that is being made of it.
            let known = try transaction.execute(
                "SELECT FROM recording WHERE video_key = \(input.videoKey) AND upload_name IS NOT NULL FOR UPDATE")
            guard known == 1 else { throw .notFound("upload") }
            guard store.isRemote else { throw .conflict("Uploads are given up at their own address.") }
            let ended = try transaction.execute(
                """
                UPDATE recording SET status = 'TERMINATED'
                WHERE video_key = \(input.videoKey) AND status <> 'TERMINATED'
                    AND NOT EXISTS (SELECT FROM video_response WHERE video_key = recording.video_key)
                """)
            guard ended == 1 else { throw .gone("This upload is over, or it has become an answer.") }
            transaction.emit(.recordingDiscarded, ["key": .string(input.videoKey.value)])
        }
        return Nothing()
    }
}
