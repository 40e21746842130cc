import Endpoint
import ObjectStores
import Postgres

/// What the database knows of the bytes that an object must have.
struct GrantedBytes: Decodable {
    /// Nil where any number of them was granted.
    let size: Int?
    /// Of an object that was granted whole, in base 64; nil where the grant did not say.
    let md5: String?
    /// Without quotes; nil until the store has named it.
    let etag: String?

    private struct Part: Decodable {
        let md5: String
    }

    /// Of the recording or device check at a key.
    static func of(_ key: String, _ session: Session) throws(Failure) -> GrantedBytes? {
        try session.row(
            """
            SELECT granted_bytes AS size, md5, etag FROM recording WHERE video_key = \(key)
            UNION ALL
            SELECT granted_bytes, md5, NULL FROM device_check WHERE key = \(key)
            """)
    }

    /// Whether the store's word for the bytes is another than ours, as far as both have one: servers of S3 need not make
    /// tags as S3 does.
    func areOthers(than object: StoredObjects.Object, _ key: String, _ session: Session) throws(Failure) -> Bool {
        if let etag, let tag = object.tag, tag.text != etag { return true }
        switch object.digest {
        case nil: return false
        case .whole(let digest)?: return digest.value != md5 ?? digest.value
        case .parts(_, let count)?:
            // Granted whole, so somebody else put this there.
            if md5 != nil { return true }
            let granted = try Self.parts(key, upTo: count, session)
            return granted.count == count && object.digest != StoredDigest(ofParts: granted)
        }
    }

    private static func parts(_ key: String, upTo count: Int, _ session: Session) throws(Failure) -> [ContentMD5] {
        let parts: [Part] = try session.rows(
            "SELECT md5 FROM granted_part WHERE video_key = \(key) AND number <= \(count) ORDER BY number")
        return parts.compactMap { ContentMD5($0.md5) }
    }
}
