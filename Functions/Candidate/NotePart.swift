import Endpoint
import Identity
import Postgres
import Storage
import Validation

/// Notes a part that has arrived at a store which tells only its sender, by the part's tag. Should it not be so, the
/// parts cannot be put together: a wrong tag harms nobody else's upload.
@main struct NotePart: Endpoint {
    static let route = Route.put("/api/candidate/interview/{token}/uploads/part")
    static let access = Access.candidateFinishing
    static let summary = "Tell of a part that a store has taken"
    static let success = Success.noContent
    static let failures: [Failure.Code] = [.notFound, .conflict]

    struct Input: Decodable {
        let videoKey: Text<1, 200>
        /// How many whole parts come before it.
        let position: Whole<0, 9_999>
        /// Bytes in it.
        let size: Whole<1, 8_388_608>
        /// By which the store knows it.
        let tag: Text<1, 200>
    }

    let store: BlobStore

    init(_ environment: Environment) throws(Failure) { store = try BlobStore(environment) }

    func handle(_ input: Input, from caller: Candidate) throws(Failure) -> Nothing {
        let upload = try RemoteUpload.open(input.videoKey.value, caller.database)
        guard store.isRemote else { throw .conflict("Parts go to the upload's own address.") }
        guard upload.storedBytes == nil else { throw .conflict("This upload is complete.") }
        try caller.database.execute(
            """
            INSERT INTO upload_part (organization_id, async_interview_id, video_key, number, size_bytes, tag)
            VALUES (caller_organization(), caller_interview(), \(input.videoKey), \(input.position.value + 1), \(input.size),
                \(input.tag))
            ON CONFLICT (video_key, number) DO UPDATE SET size_bytes = excluded.size_bytes, tag = excluded.tag
            """)
        return Nothing()
    }
}
