public import Endpoint
public import Postgres

/// How much organisations may keep. What they do keep is counted by the database, as objects come and go.
public struct StorageQuota: Sendable {
    /// Bytes for every organisation that has no quota of its own; nil for no limit. The setting `PARLEY_QUOTA_BYTES`.
    public let standard: Int?

    /// - Throws: `UNAVAILABLE` when the setting is not understood.
    public init(_ environment: Environment) throws(Failure) {
        guard let text = environment["PARLEY_QUOTA_BYTES"] else {
            standard = nil
            return
        }
        guard let bytes = Int(text), bytes >= 0 else {
            throw .unavailable(
                "The service is not configured.", cause: "PARLEY_QUOTA_BYTES must be a number of bytes such as 50000000000")
        }
        standard = bytes
    }

    private struct Room: Decodable {
        let isThere: Bool
    }

    /// - Throws: `STORAGE_FULL` when the caller's organisation has no room for so many bytes.
    public func check(_ bytes: Int, _ session: Session) throws(Failure) {
        let room: Room? = try session.row("SELECT has_storage_for(\(bytes), \(standard)) AS is_there")
        guard room?.isThere == true else { throw Self.full }
    }

    /// As recruiters are told.
    public static let full = Failure(
        .storageFull,
        "Your organisation's storage is full. The file was not kept. Whoever runs Parley for you can give you more.",
        headers: [retry])

    /// As candidates are told.
    public static let fullForCandidates = Failure(
        .storageFull,
        "There is no room for more recordings at the moment. Keep yours: it can be sent as soon as there is room. Write to whoever invited you.",
        headers: [retry])

    /// It is worth asking again after so many seconds.
    private static let retry = Header("Retry-After", "30")
}
