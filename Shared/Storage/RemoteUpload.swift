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

    /// Keeps what the bytes of a part are going to be. Of a part that is granted again, the last counts.
    /// - Parameter number: from 1.
    public func note(_ md5: ContentMD5, ofPart number: Int, _ session: Session) throws(Failure) {
        try session.execute(
            """
            INSERT INTO granted_part (organization_id, async_interview_id, video_key, number, md5)
            VALUES (caller_organization(), caller_interview(), \(partial.key), \(number), \(md5.value))
            ON CONFLICT (video_key, number) DO UPDATE SET md5 = excluded.md5
            """)
    }

    /// The parts that their sender has told us of, in order, of a store that does not tell itself.
    public static func notedParts(of upload: PartialUpload, _ session: Session) throws(Failure) -> [StoredPart] {
        let rows: [NotedPart] = try session.rows(
            "SELECT number, size_bytes AS size, tag FROM upload_part WHERE video_key = \(upload.key) ORDER BY number")
        return rows.map { StoredPart(number: $0.number, size: $0.size, tag: $0.tag) }
    }

    private struct NotedPart: Decodable {
        let number: Int
        let size: Int
        let tag: String
    }

    /// How many bytes and parts there are up to the first gap. Nothing counts after a part that is shorter than all but the
    /// last are.
    public static func arrived(_ parts: [StoredPart], of size: Int) -> (bytes: Int, parts: Int) {
        var arrived = (bytes: 0, parts: 0)
        for part in parts where part.number == arrived.parts + 1 && arrived.bytes == arrived.parts * size {
            arrived = (arrived.bytes + part.size, part.number)
        }
        return arrived
    }
}
