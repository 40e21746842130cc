public import Documents
public import Endpoint
import JSON
public import Postgres
public import Validation

/// A version of a resume that is still to be read.
public struct ReceivedResume: Decodable {
    let id: Identifier
    /// Of the file in the blob store; nil for text.
    public let fileKey: String?
    /// Nil until the file was read.
    public let document: DocumentText?

    /// - Returns: nil when somebody has taken it back meanwhile.
    public static func read(_ id: Identifier, _ session: Session) throws(Failure) -> ReceivedResume? {
        try session.row("SELECT id, file_key, document FROM resume WHERE id = \(id)")
    }

    /// Keeps what was read, unless somebody has taken it back.
    public func save(_ reading: LabeledReading, of document: DocumentText, _ transaction: Transaction) throws(Failure) {
        let text = try JSON(writing: document)
        let isThere = try transaction.execute("UPDATE resume SET status = 'COMPLETE', document = \(text) WHERE id = \(id)")
        if isThere == 1 { try reading.save(for: id, transaction) }
    }

    /// Nothing of the document stays but why it could not be read, in a sentence for people.
    public func fail(because problem: String, _ transaction: Transaction) {
        transaction.queue(
            """
            WITH failed AS (SELECT id, file_key FROM resume WHERE id = \(id) AND file_key IS NOT NULL FOR UPDATE),
                told AS (SELECT emit('resume.removed', jsonb_build_object('key', file_key)) FROM failed)
            UPDATE resume SET status = 'FAILED', problem = \(problem), file_key = NULL
            FROM failed WHERE resume.id = failed.id AND EXISTS (SELECT FROM told)
            """)
    }
}
