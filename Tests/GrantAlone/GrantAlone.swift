import Endpoint
import Identity
import Interviews
import Postgres
import Storage
import Validation

/// UploadURL without an address: what `make bench` compares it with.
@main struct GrantAlone: Endpoint {
    static let route = Route.get("/api/candidate/interview/{token}/upload-url")
    static let access = Access.candidateFinishing
    static let summary = "A grant in the database and nothing else"

    struct Input: Decodable {
        let questionId: Identifier
        let mimeType: RecordingType
        let size: Whole<1, 2_147_483_648>?
    }

    struct Output: Codable {
        let videoKey: String
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Candidate) throws(Failure) -> Output {
        let grant = try RecordingGrant.make(
            for: input.questionId, take: nil, input.mimeType.container,
            expires: .now.adding(seconds: LocalStore.uploadLifetime), in: caller.database)
        return Output(videoKey: grant.videoKey)
    }
}
