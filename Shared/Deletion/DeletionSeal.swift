public import Endpoint
public import Postgres
public import Validation

/// What proves that a deletion's record is as it was when its last object was gone: the records of an organisation are a
/// chain, in which each holds the SHA-256 of the one before.
public struct DeletionSeal: Codable, Sendable {
    /// The record's place in the chain, from 1.
    public let number: Int
    /// The `sha256` of the record before, in hexadecimal; zeros for the first.
    public let previous: String
    /// Of the record's text when it was sealed, in hexadecimal.
    public let sha256: String
    /// All that the record says now, with its place in the chain: JSON as RFC 8785 writes it, in UTF-8.
    public let record: String
    /// Whether that is still what was sealed.
    public let isIntact: Bool

    /// Nil until the last object is gone.
    public static func read(of deletion: Identifier, _ transaction: Transaction) throws(Failure) -> DeletionSeal? {
        try transaction.row(
            """
            SELECT number, encode(previous, 'hex') AS previous, encode(sha256, 'hex') AS sha256, record,
                sha256(convert_to(record, 'UTF8')) = sha256 AS is_intact
            FROM deletion_seal s JOIN deletion d ON d.id = s.deletion_id, deletion_text(d, s.number, s.previous) AS record
            WHERE d.id = \(deletion)
            """)
    }
}
