import Endpoint
import JSON
import POSIX
import Postgres
import Validation

/// Lists the deliveries that were given up, or makes them due again.
///
///     DeadLetters list
///     DeadLetters replay ID …
///     DeadLetters replay --all
@main enum DeadLetters {
    private struct Letter: Codable {
        let id: Identifier
        let topic: String
        let function: String
        let attempts: Int
        let lastStatus: Int?
        let lastError: String?
        let createdAt: Timestamp
    }

    static func main() {
        let arguments = Array(CommandLine.arguments.dropFirst())
        do {
            let session = try Database(Environment.read(), as: .courier).session
            switch arguments.first {
            case "list" where arguments.count == 1:
                for letter in try dead(session) { print(String(decoding: try JSON.text(of: letter), as: UTF8.self)) }
            case "replay" where arguments == ["replay", "--all"]:
                print("\(try replay(try dead(session).map(\.id), session)) made due again")
            case "replay" where arguments.count > 1:
                let ids = try arguments.dropFirst().map { text throws(Failure) in
                    guard let id = Identifier(text) else { throw .invalid(text, "is not an id") }
                    return id
                }
                print("\(try replay(ids, session)) made due again")
            default:
                Command.fail("usage: DeadLetters list | replay --all | replay ID …", status: 64)
            }
        } catch let failure as Failure {
            Command.fail("DeadLetters: \(failure.cause ?? failure.detail)")
        } catch {
            Command.fail("DeadLetters: \(error)")
        }
    }

    private static func dead(_ session: Session) throws(Failure) -> [Letter] {
        try session.rows(
            """
            SELECT d.id, e.topic, d.function, d.attempts, d.last_status, d.last_error, d.created_at
            FROM delivery d JOIN event e ON e.id = d.event_id WHERE d.state = 'dead' ORDER BY d.created_at
            """)
    }

    private static func replay(_ ids: [Identifier], _ session: Session) throws(Failure) -> Int {
        var replayed = 0
        for id in ids {
            replayed += try session.execute(
                """
                UPDATE delivery SET state = 'ready', attempts = 0, run_at = now(), finished_at = NULL
                WHERE id = \(id) AND state = 'dead'
                """)
        }
        try session.execute("NOTIFY delivery")
        return replayed
    }
}
