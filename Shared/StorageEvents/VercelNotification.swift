import JSON
import ObjectStores

/// The message by which Vercel Blob tells that a browser's upload is complete.
/// Format: https://github.com/vercel/storage/blob/main/packages/blob/src/client.ts
enum VercelNotification {
    static let completed = "blob.upload-completed"

    /// What a document tells: nil when it is no such message.
    static func read(_ document: JSON) -> [Reading]? {
        guard let type = document["type"]?.text else { return nil }
        return [Reading { () throws(StorageRefusal) in
            guard type == completed else { throw .otherEvent }
            return try event(of: document)
        }]
    }

    private static func event(of document: JSON) throws(StorageRefusal) -> StorageEvent {
        let url = try document.text("payload", "blob", "url")
        // `https://STORE.public.blob.vercel-storage.com/KEY`; the host has the store's id in lower case.
        let parts = url.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count > 3, parts[0] == "https:", parts[1].isEmpty, let store = parts[2].split(separator: ".").first else {
            throw .malformed
        }
        let tag = try document.optionalText("payload", "blob", "etag")
        return StorageEvent(
            bucket: store.lowercased(), key: try document.text("payload", "blob", "pathname"), size: nil, version: tag ?? "",
            tag: tag.flatMap(EntityTag.init), id: "")
    }
}
