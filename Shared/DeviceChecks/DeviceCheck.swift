public import Endpoint
import JSON
public import Postgres
public import Validation

/// A device check of the caller's that was granted; see ``DeviceCheckGrant``.
public struct DeviceCheck: Decodable {
    let id: Identifier
    public let key: String
    public let mimeType: String
    let isExpired: Bool
    /// Whether the database knows that its recording has arrived.
    public let isStored: Bool
    /// Nil until it was measured.
    public let verdict: DeviceCheckVerdict?

    /// The largest recording of one.
    public static let mostBytes = 32 << 20

    private struct Saved: Decodable {
        let verdict: DeviceCheckVerdict
    }

    /// - Throws: `NOT_FOUND`.
    public static func read(_ id: Identifier, _ session: Session) throws(Failure) -> DeviceCheck {
        let check: DeviceCheck? = try session.row(
            """
            SELECT id, key, mime_type, expires_at <= now() AS is_expired, verdict,
                EXISTS (SELECT FROM blob WHERE blob.key = device_check.key) AS is_stored
            FROM device_check WHERE id = \(id) AND async_interview_id = caller_interview()
            """)
        guard let check else { throw .notFound("device check") }
        return check
    }

    /// Why there is nothing to measure, when nothing has arrived.
    public var absence: Failure {
        isExpired
            ? .gone("This test was not uploaded in time. Make another one.")
            : .conflict("The test's recording has not arrived yet.")
    }

    /// Keeps the verdict.
    /// - Returns: the verdict that counts: when two ask at once, the first one's.
    public func save(_ verdict: DeviceCheckVerdict, _ session: Session) throws(Failure) -> DeviceCheckVerdict {
        let data = try JSON(writing: verdict)
        let saved: Saved? = try session.row(
            "UPDATE device_check SET verdict = coalesce(verdict, \(data)) WHERE id = \(id) RETURNING verdict")
        guard let saved else { throw .notFound("device check") }
        return saved.verdict
    }

    /// Forgets the recording, once the store has it no more: what is known to be there goes when somebody is deleted.
    public func forget(_ session: Session) throws(Failure) { try session.execute("DELETE FROM blob WHERE key = \(key)") }
}
