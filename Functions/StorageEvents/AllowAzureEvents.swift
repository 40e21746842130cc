import Endpoint
import StorageEvents

/// Tells Azure Event Grid that it may send CloudEvents, as often as it likes.
/// Source: https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/http-webhook.md#4-abuse-protection
@main struct AllowAzureEvents: Endpoint {
    static let route = Route.options("/api/webhooks/storage/azure")
    static let access = Access.azureEvents
    static let summary = "Storage webhook: Azure may tell of new blobs"

    struct Input: Decodable {}

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: StorageNotice) throws(Failure) -> Sent<StorageNotice.Outcome> {
        Sent(
            try caller.receive(),
            headers: [Header("WebHook-Allowed-Origin", "eventgrid.azure.net"), Header("WebHook-Allowed-Rate", "*")])
    }
}
