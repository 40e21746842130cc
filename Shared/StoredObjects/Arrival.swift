public import Endpoint
public import Postgres
public import Storage
import Validation

extension StoredObjects {
    /// Notes that an object has arrived at a remote store and tells of it, once the store itself says so: what a browser or
    /// a message says is only a hint. Storing it twice is no failure.
    ///
    /// - Parameters:
    ///   - contentType: the type that was granted.
    ///   - most: the largest size in bytes that was granted.
    /// - Returns: whether the object is there.
    /// - Throws: `VALIDATION_FAILED` when it is not what was granted; it is removed then.
    public func confirm(
        _ key: String, contentType: String, most: Int = LocalStore.largest, in session: Session
    ) throws(Failure) -> Bool {
        guard let object = try find(key) else { return false }
        guard object.size > 0, object.size <= most, object.contentType ?? contentType == contentType,
            let container = Container(rawValue: contentType), container.matches(try start(of: key, bytes: min(16, object.size)))
        else {
            try discard(key)
            throw .invalid("", "is not a recording of type \(contentType) and at most \(most) bytes")
        }
        try session.transaction { transaction throws(Failure) in
            let isNew = try transaction.execute(
                """
                INSERT INTO blob (key, organization_id, content_type, size_bytes)
                VALUES (\(key), caller_organization(), \(contentType), \(object.size)) ON CONFLICT DO NOTHING
                """)
            guard isNew == 1 else { return }
            transaction.queue(
                """
                SELECT emit('blob.stored', jsonb_build_object(
                    'key', \(key)::text, 'size', \(object.size), 'contentType', \(contentType)::text))
                """)
        }
        return true
    }
}
