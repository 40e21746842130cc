import Endpoint
import JSON
import ObjectStores

/// The messages about a bucket's objects that S3 and those who speak its protocol send.
enum S3Notification {
    /// What a document tells: nil when it is none of these messages.
    static func read(_ document: JSON) -> [Reading]? {
        if case .array(let records)? = document["Records"] {
            return records.map { record in Reading { () throws(StorageRefusal) in try event(ofRecord: record) } }
        }
        if document["detail-type"] != nil {
            return [Reading { () throws(StorageRefusal) in try event(ofBridge: document) }]
        }
        // Sent once, when notifications are switched on; it has no object.
        return document["Event"] == "s3:TestEvent" ? [] : nil
    }

    /// A record as S3 itself sends it, and as MinIO does, which puts `s3:` before the name.
    /// Format: https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
    private static func event(ofRecord record: JSON) throws(StorageRefusal) -> StorageEvent {
        let name = try record.text("eventName")
        guard name.hasPrefix("ObjectCreated:") || name.hasPrefix("s3:ObjectCreated:") else { throw .otherEvent }
        // Form encoding: `+` is a space.
        guard let key = Request.decoded(Substring(try record.text("s3", "object", "key"))) else { throw .malformed }
        let version = try record.optionalText("s3", "object", "versionId")
        let tag = try record.optionalText("s3", "object", "eTag")
        guard let version = version ?? tag else { throw .malformed }
        return StorageEvent(
            bucket: try record.text("s3", "bucket", "name"), key: key, size: try record.size("s3", "object", "size"),
            version: version, tag: tag.flatMap(EntityTag.init),
            id: try record.optionalText("responseElements", "x-amz-request-id") ?? "")
    }

    /// An event as EventBridge sends it. Its keys are not encoded.
    /// Format: https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html
    private static func event(ofBridge document: JSON) throws(StorageRefusal) -> StorageEvent {
        guard try document.text("source") == "aws.s3", try document.text("detail-type") == "Object Created" else {
            throw .otherEvent
        }
        let version = try document.optionalText("detail", "object", "version-id")
        let tag = try document.optionalText("detail", "object", "etag")
        guard let version = version ?? tag else { throw .malformed }
        return StorageEvent(
            bucket: try document.text("detail", "bucket", "name"), key: try document.text("detail", "object", "key"),
            size: try document.size("detail", "object", "size"), version: version, tag: tag.flatMap(EntityTag.init),
            id: try document.text("id"))
    }
}
