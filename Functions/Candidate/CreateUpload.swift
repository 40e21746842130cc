import Endpoint
import Identity
import Interviews
import ObjectStores
import Postgres
import Storage
import StoredObjects
import Validation

/// Begins the resumable upload of a take, or finds the one that was begun: after a reload, a crash,
/// or on another device.
@main struct CreateUpload: Endpoint {
    static let route = Route.post("/api/candidate/interview/{token}/uploads")
    static let access = Access.candidateFinishing
    static let summary = "Begin a resumable upload, or go on with it"
    static let success = Success.created
    static let failures: [Failure.Code] = [.rateLimited, .storageFull]

    struct Input: Decodable {
        let questionId: Identifier
        let mimeType: RecordingType
        let takeNumber: Whole<1, 7>
        /// The take that the recording is of. It has its number, whatever else is said.
        let takeId: Identifier?
    }

    struct Output: Codable {
        var uploadUrl: String
        let videoKey: String
        let videoUrl: String
        let expiresAt: Timestamp
        /// The largest part.
        var chunkBytes: Int
        /// The smallest part but for the last, in bytes.
        var leastBytes: Int
        /// How parts are sent: to `uploadUrl` itself, or each by the request that the route for parts gives.
        var transport: Transport
    }

    enum Transport: String, Codable { case tus, parts }

    let objects: StoredObjects
    let quota: StorageQuota

    init(_ environment: Environment) throws(Failure) {
        objects = try StoredObjects(environment)
        quota = try StorageQuota(environment)
    }

    func handle(_ input: Input, from caller: Candidate) throws(Failure) -> Output {
        let type = input.mimeType.container
        let grant = try caller.database.transaction { transaction throws(Failure) in
            try ResumableGrant.make(
                for: input.questionId, take: input.takeId, takeNumber: input.takeNumber.value, type, quota: quota, transaction)
        }
        let key = grant.videoKey
        let address = objects.store.url(of: key)
        var output = Output(
            uploadUrl: address, videoKey: key, videoUrl: address, expiresAt: grant.expiresAt,
            chunkBytes: ResumableUpload.largestPart, leastBytes: 1, transport: .tus)
        switch objects.store {
        case .local(let store):
            output.uploadUrl = store.uploadURL(.init(.parts, key: key, contentType: type.rawValue, expires: grant.expiresAt))
        case .remote(let store):
            if grant.uploadName == nil { try beginParts(key, type.rawValue, caller.database) }
            (output.chunkBytes, output.leastBytes) = (store.smallestPart, store.smallestPart)
            output.transport = .parts
        }
        return output
    }

    /// Begins the upload at the remote store. Of two tabs that do so at once, the first one's counts.
    private func beginParts(_ key: String, _ type: String, _ database: Session) throws(Failure) {
        let upload = try objects.beginParts(key, contentType: type)
        let isFirst = try database.execute(
            "UPDATE recording SET upload_name = \(upload.name) WHERE video_key = \(key) AND upload_name IS NULL") == 1
        if !isFirst { try objects.abandonParts(of: upload) }
    }
}
