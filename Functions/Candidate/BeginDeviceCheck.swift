import DeviceChecks
import Endpoint
import Identity
import ObjectStores
import Postgres
import Storage
import Validation

/// Grants the upload of a device check: a few seconds of recording that go the way of an answer and
/// are removed as soon as they were measured.
@main struct BeginDeviceCheck: Endpoint {
    static let route = Route.post("/api/candidate/interview/{token}/device-check")
    static let access = Access.candidate
    static let summary = "An address to upload a device check to"
    static let success = Success.created
    static let failures: [Failure.Code] = [.rateLimited, .storageFull]

    struct Input: Decodable {
        let mimeType: RecordingType
        /// The recording's size in bytes.
        let size: Whole<1, 33_554_432>
        /// Of the recording's bytes. When it is given, the grant is for exactly these.
        let md5: ContentMD5?
    }

    struct Output: Codable {
        let checkId: Identifier
        let uploadUrl: String
        let method: String
        let headers: UploadHeaders
        let expiresAt: Timestamp
        let maxBytes: Int
    }

    let store: BlobStore
    let quota: StorageQuota

    init(_ environment: Environment) throws(Failure) {
        store = try BlobStore(environment)
        quota = try StorageQuota(environment)
    }

    func handle(_ input: Input, from caller: Candidate) throws(Failure) -> Output {
        let grant = try caller.database.transaction { transaction throws(Failure) in
            try DeviceCheckGrant.make(
                input.mimeType.container, size: input.size.value, md5: input.md5, quota: quota, transaction)
        }
        let upload = store.upload(grant.upload)
        return Output(
            checkId: grant.id, uploadUrl: upload.url, method: upload.method, headers: upload.headers,
            expiresAt: grant.upload.expires, maxBytes: input.size.value)
    }
}
