public import Endpoint
public import ObjectStores
public import Postgres
public import Validation

/// An upload in parts to a remote store, as the database knows it. How much of it has arrived is the store's to say.
public struct RemoteUpload: Sendable {
    public let partial: PartialUpload
    public let contentType: String
    public let expiresAt: Timestamp
    /// How many bytes the recording has that it became; nil while it is none.
    public let storedBytes: Int?

    private struct Row: Decodable {
        let uploadName: String?
        let mimeType: String
        let expiresAt: Timestamp
        let isExpired: Bool
        let isTerminated: Bool
        let storedBytes: Int?
    }

    /// The upload at a key, which still accepts parts or is stored.
    /// - Throws: `NOT_FOUND`, and `GONE` when it has expired or was given up.
    public static func open(_ key: String, _ session: Session) throws(Failure) -> RemoteUpload {
        let row: Row? = try session.row(
            """
            SELECT r.upload_name, r.mime_type, r.expires_at, r.expires_at <= now() AS is_expired,
                r.status = 'TERMINATED' AS is_terminated, b.size_bytes AS stored_bytes
            FROM recording r LEFT JOIN blob b ON b.key = r.video_key WHERE r.video_key = \(key)
            """)
        guard let row, let name = row.uploadName else { throw .notFound("upload") }
        guard !row.isTerminated, row.storedBytes != nil || !row.isExpired else { throw .gone("This upload is over.") }
        return RemoteUpload(
            partial: PartialUpload(key: key, name: name), contentType: row.mimeType, expiresAt: row.expiresAt,
            storedBytes: row.storedBytes)
    }

    /// How many bytes and parts there are up to the first gap.
    public static func arrived(_ parts: [StoredPart]) -> (bytes: Int, parts: Int) {
        let whole = zip(parts, 1...).prefix { $0.0.number == $0.1 }
        return (whole.reduce(0) { $0 + $1.0.size }, whole.count)
    }
}
