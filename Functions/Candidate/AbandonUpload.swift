import Endpoint
import Events
import Identity
import JSON
import Postgres
import Storage
import Validation

/// Gives an upload to a remote store up: what has arrived is removed soon, unless it is an answer.
@main struct AbandonUpload: Endpoint {
    static let route = Route.delete("/api/candidate/interview/{token}/uploads/parts")
    static let access = Access.candidateFinishing
    static let summary = "Give an upload in parts up"
    static let success = Success.noContent
    static let failures: [Failure.Code] = [.notFound, .conflict]

    struct Input: Decodable {
        let videoKey: Text<1, 200>
    }

    let store: BlobStore

    init(_ environment: Environment) throws(Failure) { store = try BlobStore(environment) }

    func handle(_ input: Input, from caller: Candidate) throws(Failure) -> Nothing {
        guard store.isRemote else { throw .conflict("Uploads are given up at their own address.") }
        try caller.database.transaction { transaction throws(Failure) in
            let known = try transaction.execute(
                "UPDATE recording SET status = 'TERMINATED' WHERE video_key = \(input.videoKey) AND status <> 'TERMINATED'")
            guard known == 1 else { throw .notFound("upload") }
            transaction.emit(.recordingDiscarded, ["key": .string(input.videoKey.value)])
        }
        return Nothing()
    }
}
