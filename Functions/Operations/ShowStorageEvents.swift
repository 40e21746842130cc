import Endpoint
import JSON
import Postgres
import StorageEvents

/// Tells who may tell of new objects, and how often nothing came of what was told.
///
///     ShowStorageEvents            the last 30 days, a line of JSON for each day, provider and reason
///     ShowStorageEvents check      only whether the settings are right
@main enum ShowStorageEvents {
    private struct Refused: Codable {
        let day: String
        let provider: StorageProvider
        let reason: StorageRefusal
        let count: Int
    }

    static func main() {
        let arguments = Array(CommandLine.arguments.dropFirst())
        let environment = Environment.read()
        do {
            let settings = try StorageEventSettings(environment)
            switch arguments {
            case ["check"]:
                print(settings.expected.isEmpty ? "nobody" : settings.expected.joined(separator: ", "))
            case []:
                let refused: [Refused] = try Database(environment, as: .service).session.rows(
                    """
                    SELECT day::text, provider, reason, count FROM storage_refusal WHERE day > current_date - 30
                    ORDER BY day, provider, reason
                    """)
                for line in refused { print(String(decoding: try JSON.text(of: line), as: UTF8.self)) }
            default: Command.fail("usage: ShowStorageEvents [check]", status: 64)
            }
        } catch let failure as Failure {
            Command.fail("ShowStorageEvents: \(failure.cause ?? failure.detail)")
        } catch {
            Command.fail("ShowStorageEvents: \(error)")
        }
    }
}
