import Endpoint
import Identity
import ObjectStores
import Postgres
import Storage
import StoredObjects
import Validation

/// Tells how much of an upload to a remote store has arrived, so that the page can go on from there.
@main struct ShowParts: Endpoint {
    static let route = Route.get("/api/candidate/interview/{token}/uploads/parts")
    static let access = Access.candidateFinishing
    static let summary = "How much of an upload in parts has arrived"
    static let failures: [Failure.Code] = [.notFound, .conflict, .gone, .checksumMismatch]

    struct Input: Decodable {
        let videoKey: Text<1, 200>
    }

    struct Output: Codable {
        /// Bytes that have arrived without a gap.
        let offset: Int
        /// How many parts these are; none once they are a recording.
        let parts: Int
        /// Whether they are a recording, to which nothing can be added.
        let isStored: Bool
    }

    let objects: StoredObjects

    init(_ environment: Environment) throws(Failure) { objects = try StoredObjects(environment) }

    func handle(_ input: Input, from caller: Candidate) throws(Failure) -> Output {
        let upload = try RemoteUpload.open(input.videoKey.value, caller.database)
        guard case .remote(let remote) = objects.store else { throw .conflict("Parts go to the upload's own address.") }
        switch try objects.progress(of: upload, in: caller.database) {
        case .stored(let bytes): return Output(offset: bytes, parts: 0, isStored: true)
        case .parts(let parts):
            let arrived = RemoteUpload.arrived(parts, of: remote.smallestPart)
            return Output(offset: arrived.bytes, parts: arrived.parts, isStored: false)
        }
    }
}
