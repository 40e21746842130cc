import Endpoint
import Identity
import Interviews
import ObjectStores
import Postgres
import Storage
import Validation

/// Grants the upload of one recording: a signed address, good for one object of one type, for 15 minutes.
@main struct UploadURL: Endpoint {
    static let route = Route.get("/api/candidate/interview/{token}/upload-url")
    static let access = Access.candidateFinishing
    static let summary = "An address to upload a recording to"
    static let failures: [Failure.Code] = [.rateLimited, .storageFull]

    struct Input: Decodable {
        let questionId: Identifier
        let mimeType: RecordingType
        /// The recording's size in bytes. When it is given, the grant is for exactly that size.
        let size: Whole<1, 2_147_483_648>?
        /// Of the recording's bytes. When it is given, the grant is for exactly these.
        let md5: ContentMD5?
        /// The take that the recording is of.
        let takeId: Identifier?
    }

    struct Output: Codable {
        let uploadUrl: String
        let method: String
        let headers: UploadHeaders
        let videoKey: String
        let videoUrl: String
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
        let type = input.mimeType.container
        let expires = Timestamp.now.adding(seconds: LocalStore.uploadLifetime)
        let key = try RecordingGrant.make(
            for: input.questionId, take: input.takeId, type, size: input.size?.value, md5: input.md5?.value, expires: expires,
            quota: quota, in: caller.database
        ).videoKey
        let grant = LocalStore.Grant(
            .whole, key: key, contentType: type.rawValue, size: input.size?.value, md5: input.md5, expires: expires)
        let upload = store.upload(grant)
        return Output(
            uploadUrl: upload.url, method: upload.method, headers: upload.headers,
            videoKey: key, videoUrl: store.url(of: key), expiresAt: expires,
            maxBytes: input.size?.value ?? LocalStore.largest)
    }
}
