public import Endpoint
public import ObjectStores
public import Postgres
public import Storage
import Validation

extension StoredObjects {
    /// Notes that an object has arrived at the store and tells of it, once the store itself says so: what a browser or
    /// a message says is only a hint. Storing it twice is no failure.
    ///
    /// - Parameters:
    ///   - contentType: the type that was granted.
    ///   - most: the largest size in bytes that was granted.
    ///   - session: of the organisation whose recording or device check it is.
    /// - Returns: the object's size in bytes; nil when it is not there, or was given up.
    /// - Throws: `VALIDATION_FAILED` when it is not what was granted, `CHECKSUM_MISMATCH` when only its bytes are others;
    ///   its upload is over then, and it is removed soon.
    public func confirm(
        _ key: String, contentType: String, most: Int = LocalStore.largest, in session: Session
    ) throws(Failure) -> Int? {
        guard let object = try find(key) else { return nil }
        let granted = try GrantedBytes.of(key, session)
        guard try isGranted(object, key, contentType, 1...most, granted) else {
            try end(key, session)
            let size = granted?.size.map(String.init) ?? "at most \(most)"
            throw .invalid("", "is not a recording of type \(contentType) and \(size) bytes")
        }
        if let granted, try granted.areOthers(than: object, key, session) {
            try end(key, session)
            throw Failure(.checksumMismatch, "What has arrived is not what was announced, and is not kept. Send it again.")
        }
        return try note(object, at: key, contentType: contentType, in: session) ? object.size : nil
    }

    private func isGranted(
        _ object: Object, _ key: String, _ contentType: String, _ sizes: ClosedRange<Int>, _ granted: GrantedBytes?
    ) throws(Failure) -> Bool {
        // The local store keeps no types.
        guard sizes.contains(object.size), object.size == granted?.size ?? object.size,
            !store.isRemote || object.contentType == contentType, let container = Container(rawValue: contentType)
        else { return false }
        return container.matches(try start(of: key, bytes: min(16, object.size)))
    }

    /// - Returns: false when what was recorded there was given up, maybe while the store was asked.
    private func note(_ object: Object, at key: String, contentType: String, in session: Session) throws(Failure) -> Bool {
        try session.transaction { transaction throws(Failure) in
            if try transaction.isGivenUp(key) { return false }
            let isNew = try transaction.execute(
                """
                INSERT INTO blob (key, organization_id, content_type, size_bytes)
                VALUES (\(key), caller_organization(), \(contentType), \(object.size)) ON CONFLICT DO NOTHING
                """)
            guard isNew == 1 else { return true }
            transaction.queue("UPDATE recording SET etag = \(object.tag?.text) WHERE video_key = \(key)")
            transaction.queue(
                """
                SELECT emit('blob.stored', jsonb_build_object(
                    'key', \(key)::text, 'size', \(object.size), 'contentType', \(contentType)::text))
                """)
            return true
        }
    }

    /// How far an upload in parts has come.
    public enum Progress {
        /// It is a recording.
        case stored(bytes: Int)
        /// What has arrived, in order.
        case parts([StoredPart])
    }

    /// Asks the store how far an upload has come.
    /// - Throws: `GONE` when the store has forgotten it; then another one can begin.
    public func progress(of upload: RemoteUpload, in session: Session) throws(Failure) -> Progress {
        if let bytes = upload.storedBytes { return .stored(bytes: bytes) }
        let key = upload.partial.key
        let known = try parts(of: upload.partial, in: session)
        if let known, !known.isEmpty { return .parts(known) }
        // An earlier request may have put them together, and its answer was lost.
        if let bytes = try confirm(key, contentType: upload.contentType, in: session) { return .stored(bytes: bytes) }
        // Stores that name uploads know them from their beginning to their end.
        guard known != nil || upload.partial.name.isEmpty else {
            try end(key, session)
            throw .gone("This upload is over.")
        }
        return .parts([])
    }

    /// What a device check brought is removed when the check expires.
    private func end(_ key: String, _ session: Session) throws(Failure) {
        try session.execute(
            """
            WITH ended AS (UPDATE recording SET status = 'TERMINATED' WHERE video_key = \(key) RETURNING video_key)
            SELECT emit('recording.discarded', jsonb_build_object('key', video_key)) FROM ended
            """)
    }
}
