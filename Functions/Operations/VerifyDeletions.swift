import Endpoint
import JSON
import Postgres
import Validation

/// Checks that the records of deletions are as they were sealed: prints where a chain breaks, a line each, and then the end
/// of every organisation's chain. Whoever keeps what it prints can prove later that nothing was cut off.
///
///     VerifyDeletions            exit status 1 where a chain breaks
///     VerifyDeletions FILE       the same, and where it does not go on from the ends in a file that was printed before
@main enum VerifyDeletions {
    private struct Fault: Codable {
        let organizationId: Identifier
        /// The record's place in the chain; null for one that was never sealed.
        let number: Int?
        /// Null for a record that is not there.
        let deletionId: Identifier?
        /// `CHANGED`, `REMOVED_BEFORE`, `REPLACED_BEFORE`, `NOT_SEALED`; `NOT_THE_KEPT_ONE` by the file.
        let problem: String
    }

    /// Where an organisation's chain ends.
    private struct End: Codable {
        let organizationId: Identifier
        let number: Int
        /// In hexadecimal.
        let sha256: String
    }

    static func main() {
        let arguments = Array(CommandLine.arguments.dropFirst())
        guard arguments.count < 2 else { Command.fail("usage: VerifyDeletions [FILE]", status: 64) }
        do {
            let kept = try arguments.first.map(read) ?? []
            let session = try Database(Environment.read(), as: .admin).session
            let found = try faults(session) + kept.compactMap { end in try cut(end, session) }
            for fault in found { print(String(decoding: try JSON.text(of: fault), as: UTF8.self)) }
            for end in try ends(session) { print(String(decoding: try JSON.text(of: end), as: UTF8.self)) }
            if !found.isEmpty { Command.fail("VerifyDeletions: there are records that are not as they were sealed") }
        } catch let failure as Failure {
            Command.fail("VerifyDeletions: \(failure.cause ?? failure.detail)")
        } catch {
            Command.fail("VerifyDeletions: \(error)")
        }
    }

    private static func read(_ path: String) throws(Failure) -> [End] {
        let lines = Command.read(path).split(separator: "\n").map { Array($0.utf8) }
        return try lines.map { line throws(Failure) in
            do { return try InputDecoder.decode(End.self, from: try JSON(parsing: line)) } catch {
                throw .invalid("", "\(path) has a line that is not the end of a chain as VerifyDeletions prints it")
            }
        }
    }

    private static func faults(_ session: Session) throws(Failure) -> [Fault] {
        try session.rows("SELECT * FROM deletion_fault ORDER BY organization_id, number, deletion_id, problem")
    }

    private static func ends(_ session: Session) throws(Failure) -> [End] {
        try session.rows(
            """
            SELECT DISTINCT ON (organization_id) organization_id, number, encode(sha256, 'hex') AS sha256
            FROM deletion_seal ORDER BY organization_id, number DESC
            """)
    }

    private static func cut(_ end: End, _ session: Session) throws(Failure) -> Fault? {
        let found = try session.execute(
            """
            SELECT FROM deletion_seal WHERE organization_id = \(end.organizationId) AND number = \(end.number)
                AND encode(sha256, 'hex') = \(end.sha256)
            """)
        if found == 1 { return nil }
        return Fault(organizationId: end.organizationId, number: end.number, deletionId: nil, problem: "NOT_THE_KEPT_ONE")
    }
}
