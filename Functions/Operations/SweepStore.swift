import Endpoint
import JSON
import POSIX
import Postgres
import StoredObjects
import Sweeping
import Validation

/// Sweeps the whole store now: every organisation's part of it, as is done every hour and every day anyhow. Prints a line of
/// JSON for everything it comes upon and one for each organisation, with the figures.
///
///     SweepStore                     does it
///     SweepStore --dry-run           says what it would do, and does nothing
///     SweepStore --older-than 3600   removes what is older than so many seconds, instead of 25 hours. What is younger than
///                                    that may be an upload under way.
@main enum SweepStore {
    private struct Finding: Codable {
        let organizationId: Identifier
        /// `unreported`, `refused`, `orphan` or `staleUpload`.
        let finding: String
        let key: String
        let bytes: Int?

        init(_ finding: SweepFinding, of organization: Identifier) {
            organizationId = organization
            switch finding {
            case .unreported(let key): (self.finding, self.key, bytes) = ("unreported", key, nil)
            case .refused(let key): (self.finding, self.key, bytes) = ("refused", key, nil)
            case .orphan(let key, let size): (self.finding, self.key, bytes) = ("orphan", key, size)
            case .staleUpload(let key): (self.finding, self.key, bytes) = ("staleUpload", key, nil)
            }
        }
    }

    private struct Summary: Codable {
        let organizationId: Identifier
        let isRehearsal: Bool
        let figures: SweepFigures
    }

    private struct Organization: Decodable {
        let id: Identifier
    }

    static func main() {
        let arguments = Array(CommandLine.arguments.dropFirst())
        let isRehearsal = arguments.contains("--dry-run")
        guard let age = age(arguments.filter { $0 != "--dry-run" }) else {
            Command.fail("usage: SweepStore [--dry-run] [--older-than SECONDS]", status: 64)
        }
        do throws(Failure) {
            let environment = Environment.read()
            let objects = try StoredObjects(environment)
            let service = try Database(environment, as: .service)
            let organizations: [Organization] = try Database(environment, as: .admin).session.rows(
                "SELECT id FROM organization ORDER BY id")
            for organization in organizations.map(\.id) {
                var sweep = Sweep(
                    of: organization, objects, service.session(of: organization, traceparent: ""), age: age,
                    isRehearsal: isRehearsal, report: { write(Finding($0, of: organization)) })
                try sweepAll(&sweep)
                write(Summary(organizationId: organization, isRehearsal: isRehearsal, figures: sweep.figures))
            }
        } catch {
            Command.fail("SweepStore: \(error.cause ?? error.detail)")
        }
    }

    private static func sweepAll(_ sweep: inout Sweep) throws(Failure) {
        try sweep.askAboutGrants()
        var cursor: String?
        repeat { cursor = try sweep.examine(after: cursor) } while cursor != nil
        try sweep.removeStaleUploads()
    }

    /// Nil for arguments that are none.
    private static func age(_ arguments: [String]) -> Int? {
        if arguments.isEmpty { return Sweep.usualAge }
        guard arguments.count == 2, arguments[0] == "--older-than", let age = Int(arguments[1]), age >= 0 else { return nil }
        return age
    }

    private static func write(_ line: some Codable) {
        do { print(String(decoding: try JSON.text(of: line), as: UTF8.self)) } catch { Command.fail("SweepStore: \(error)") }
    }
}
