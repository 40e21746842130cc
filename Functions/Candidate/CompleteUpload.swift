import Endpoint
import Identity
import ObjectStores
import Postgres
import Storage
import StoredObjects
import Validation

/// Makes a recording of the parts that a remote store has. It is stored when the store says so, and not before.
@main struct CompleteUpload: Endpoint {
    static let route = Route.post("/api/candidate/interview/{token}/uploads/complete")
    static let access = Access.candidateFinishing
    static let summary = "Say that an upload in parts is complete"
    static let success = Success.noContent
    static let failures: [Failure.Code] = [.notFound, .conflict, .gone, .checksumMismatch]
    /// Stores take their time.
    static let limits = Limits(workers: 4)

    struct Input: Decodable {
        let videoKey: Text<1, 200>
        /// Bytes in all.
        let size: Whole<1, 2_147_483_648>
    }

    let objects: StoredObjects

    init(_ environment: Environment) throws(Failure) { objects = try StoredObjects(environment) }

    func handle(_ input: Input, from caller: Candidate) throws(Failure) -> Nothing {
        let upload = try RemoteUpload.open(input.videoKey.value, caller.database)
        guard case .remote(let remote) = objects.store else { throw .conflict("Parts go to the upload's own address.") }
        guard case .parts(let parts) = try objects.progress(of: upload, in: caller.database) else { return Nothing() }
        let arrived = RemoteUpload.arrived(parts, of: remote.smallestPart)
        guard arrived.parts == parts.count, arrived.bytes == input.size.value else {
            throw .conflict("\(arrived.bytes) bytes have arrived, so the next part must begin there.")
        }
        try objects.completeParts(of: upload, parts, in: caller.database)
        let stored = try objects.confirm(input.videoKey.value, contentType: upload.contentType, in: caller.database)
        guard stored != nil else {
            throw .unavailable("The store has not put the parts together yet. Please try again.", cause: "no object after completion")
        }
        return Nothing()
    }
}
