import Endpoint
import StorageEvents

/// Takes what Vercel Blob tells of uploads that are complete.
@main struct ReceiveVercelEvent: Endpoint {
    static let route = Route.post("/api/webhooks/storage/vercel")
    static let access = Access.vercelEvents
    static let summary = "Storage webhook: Vercel tells of new blobs"
    static let failures: [Failure.Code] = [.validationFailed]
    static let limits = Limits(workers: 4)

    struct Input: Decodable {}

    struct Output: Codable {
        /// What Vercel's own library answers.
        let response: String
        let outcome: StorageNotice.Outcome
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: StorageNotice) throws(Failure) -> Output {
        Output(response: "ok", outcome: try caller.receive())
    }
}
