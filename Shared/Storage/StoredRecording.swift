public import Endpoint
import POSIX
public import Postgres

extension Transaction {
    private struct Recording: Decodable {
        let isGivenUp: Bool
    }

    /// Whether the recording at a key was given up, so that nothing may arrive there any more.
    ///
    /// Whoever gives it up from now on waits until this transaction has ended, and then finds what it stored.
    public func isGivenUp(_ key: String) throws(Failure) -> Bool {
        let recording: Recording? = try row(
            "SELECT status = 'TERMINATED' AS is_given_up FROM recording WHERE video_key = \(key) FOR UPDATE")
        return recording?.isGivenUp ?? false
    }
}

extension LocalStore {
    /// Makes a received file the recording at its grant's key, and tells of it. This is the one way
    /// by which a recording comes to count as stored.
    ///
    /// - Parameter size: the file's size in bytes.
    /// - Throws: `VALIDATION_FAILED` when the file does not begin as its type does, `GONE` when there
    ///   is a recording at the key already, or it was given up.
    public func keep(_ file: String, size: Int, as grant: Grant, in transaction: Transaction) throws(Failure) {
        let start: [UInt8]
        do { start = try File.read(file, limit: 16) } catch {
            throw .unavailable("The recording could not be read. Please try again.", cause: error.description)
        }
        guard let container = Container(rawValue: grant.contentType), container.matches(start) else {
            throw .invalid("", "is not a recording of type \(grant.contentType)")
        }
        if try transaction.isGivenUp(grant.key) { throw .gone("This recording was given up.") }
        // The row comes first: it decides between two uploads to one key. A file without a row
        // is what a crash left behind, and is replaced.
        let isNew = try transaction.execute(
            """
            INSERT INTO blob (key, organization_id, content_type, size_bytes)
            VALUES (\(grant.key), caller_organization(), \(grant.contentType), \(size)) ON CONFLICT DO NOTHING
            """)
        guard isNew == 1 else { throw .gone("This permission was used already; the recording is stored.") }
        try place(file, at: grant.key)
        transaction.queue(
            """
            SELECT emit('blob.stored', jsonb_build_object(
                'key', \(grant.key)::text, 'size', \(size), 'contentType', \(grant.contentType)::text))
            """)
    }

    /// Removes an object. One that is not there is no failure.
    public func discard(_ key: String) throws(Failure) {
        do { try File.remove(path(of: key)) } catch {
            throw .unavailable("The recording could not be removed. Please try again.", cause: error.description)
        }
    }
}
