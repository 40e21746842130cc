import JSON
import ObjectStores

/// The messages that Azure Event Grid sends, in its own schema and as CloudEvents 1.0, alone or several in an array.
/// Format: https://learn.microsoft.com/azure/event-grid/event-schema-blob-storage
enum AzureNotification {
    /// What a document tells: nil when it is none of these messages.
    static func read(_ document: JSON) -> StorageNotice.Content? {
        let events: [JSON]
        switch document {
        case .array(let elements) where !elements.isEmpty: events = elements
        case .object: events = [document]
        default: return nil
        }
        if let first = events.first, type(of: first) == "Microsoft.EventGrid.SubscriptionValidationEvent" {
            return first["data"]?["validationCode"]?.text.map { .validation(code: $0) }
        }
        guard events.allSatisfy({ type(of: $0) != nil }) else { return nil }
        return .events(events.map { event in Reading { () throws(StorageRefusal) in try read(event: event) } })
    }

    private static func type(of event: JSON) -> String? { (event["eventType"] ?? event["type"])?.text }

    private static func read(event: JSON) throws(StorageRefusal) -> StorageEvent {
        guard type(of: event) == "Microsoft.Storage.BlobCreated" else { throw .otherEvent }
        // With a hierarchical namespace a file is made first and filled then.
        if try event.text("data", "api") == "CreateFile" { throw .otherEvent }
        let (container, key) = try place(try event.text("subject"))
        let tag = try event.text("data", "eTag")
        return StorageEvent(
            bucket: container, key: key, size: try event.size("data", "contentLength"), version: tag, tag: EntityTag(tag),
            id: try event.text("id"))
    }

    /// `/blobServices/default/containers/CONTAINER/blobs/KEY`, where nothing is encoded.
    private static func place(_ subject: String) throws(StorageRefusal) -> (container: String, key: String) {
        let parts = subject.split(separator: "/", maxSplits: 6, omittingEmptySubsequences: false)
        guard parts.count == 7, parts[..<4] == ["", "blobServices", "default", "containers"], parts[5] == "blobs",
            !parts[4].isEmpty, !parts[6].isEmpty
        else { throw .malformed }
        return (String(parts[4]), String(parts[6]))
    }
}
