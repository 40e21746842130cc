import Endpoint
import StorageEvents

/// Takes what Azure Event Grid tells of new blobs, and answers its question whether it may.
/// Source: https://learn.microsoft.com/azure/event-grid/end-point-validation-event-grid-events-schema
@main struct ReceiveAzureEvent: Endpoint {
    static let route = Route.post("/api/webhooks/storage/azure")
    static let access = Access.azureEvents
    static let summary = "Storage webhook: Azure tells of new blobs"
    static let failures: [Failure.Code] = [.validationFailed]
    /// Event Grid sends up to 1 MB.
    static let limits = Limits(body: 1024 * 1024, workers: 4)

    struct Input: Decodable {}

    struct Output: Codable {
        /// The code of a question whether events are wanted; absent otherwise.
        let validationResponse: String?
        let outcome: StorageNotice.Outcome
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: StorageNotice) throws(Failure) -> Output {
        var code: String?
        if case .validation(let asked) = caller.content { code = asked }
        return Output(validationResponse: code, outcome: try caller.receive())
    }
}
