import Endpoint
import Identity
import ObjectStores
import Postgres
import Storage
import Validation

/// Grants one part of an upload to a remote store: the request that stores it, good for a quarter of an hour.
@main struct GrantPart: Endpoint {
    static let route = Route.post("/api/candidate/interview/{token}/uploads/part")
    static let access = Access.candidateFinishing
    static let summary = "The request that uploads one part"
    static let success = Success.created
    static let failures: [Failure.Code] = [.notFound, .conflict, .gone, .payloadTooLarge]

    struct Input: Decodable {
        let videoKey: Text<1, 200>
        /// How many whole parts come before it.
        let position: Whole<0, 9_999>
        /// Bytes before it.
        let offset: Whole<0, 2_147_483_648>
        /// Bytes in it.
        let size: Whole<1, 8_388_608>
        /// Of the bytes in it.
        let md5: ContentMD5
    }

    struct Output: Codable {
        let method: String
        let url: String
        let headers: UploadHeaders
        /// Whether only the answer to this request tells the part's tag, which then has to be noted here.
        let isNoted: Bool
    }

    let store: BlobStore

    init(_ environment: Environment) throws(Failure) { store = try BlobStore(environment) }

    func handle(_ input: Input, from caller: Candidate) throws(Failure) -> Output {
        let upload = try RemoteUpload.open(input.videoKey.value, caller.database)
        guard case .remote(let remote) = store else { throw .conflict("Parts go to the upload's own address.") }
        guard upload.storedBytes == nil else { throw .conflict("This upload is complete.") }
        guard input.offset.value == input.position.value * remote.smallestPart, input.size.value <= remote.smallestPart else {
            throw .invalid("offset", "must be that of a part after others of \(remote.smallestPart) bytes, and none may have more")
        }
        guard input.offset.value + input.size.value <= LocalStore.largest else {
            throw Failure(.payloadTooLarge, "This upload may have at most \(LocalStore.largest) bytes.")
        }
        let number = input.position.value + 1
        try upload.note(input.md5, ofPart: number, caller.database)
        let now = Timestamp.now
        let expires = max(1, min(LocalStore.uploadLifetime, upload.expiresAt.seconds - now.seconds))
        let request = UploadRequest(
            remote.putPart(
                number, of: upload.partial, size: input.size.value, md5: input.md5, expires: expires, now: now))
        return Output(
            method: request.method, url: request.url, headers: request.headers,
            isNoted: remote.listParts(of: upload.partial, expires: expires, now: now) == nil)
    }
}
