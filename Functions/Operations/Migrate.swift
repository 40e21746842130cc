import Endpoint
import POSIX
import Postgres

/// Brings the database up to date: applies the numbered SQL files of a folder that were not
/// applied yet, in order, each in a transaction of its own, and then any other files given, every
/// time. Safe to run again and from several processes at once.
///
///     Migrate Shared/Schema nginx/generated/subscriptions.sql
@main enum Migrate {
    private struct Applied: Decodable {
        let checksum: String
    }

    static func main() {
        let arguments = Array(CommandLine.arguments.dropFirst())
        guard let folder = arguments.first else {
            Command.fail("usage: Migrate FOLDER [FILE …]", status: 64)
        }
        do throws(Failure) {
            let database = try Database(Environment.read(), as: .admin)
            try database.run(
                script: """
                    SET lock_timeout = '60s';
                    SELECT pg_advisory_lock(hashtext('parley migrations'));
                    CREATE TABLE IF NOT EXISTS migration (
                        name text PRIMARY KEY, checksum text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now());
                    """)
            for name in try names(in: folder) {
                try apply(name, Command.read("\(folder)/\(name)"), database)
            }
            for path in arguments.dropFirst() {
                try database.run(script: "BEGIN;\n\(Command.read(path))\nCOMMIT;")
            }
            try database.run(script: "SELECT pg_advisory_unlock(hashtext('parley migrations'))")
        } catch {
            Command.fail("Migrate: \(error.cause ?? error.detail)")
        }
    }

    /// `001_roles.sql`, `002_platform.sql`, …
    private static func names(in folder: String) throws(Failure) -> [String] {
        do { return try File.names(in: folder).filter { $0.hasSuffix(".sql") } } catch { throw .internal("\(error)") }
    }

    private static func apply(_ name: String, _ script: String, _ database: Database) throws(Failure) {
        let applied: Applied? = try database.session.row("SELECT checksum FROM migration WHERE name = \(name)")
        struct Sum: Decodable { let md5: String }
        let sum: Sum? = try database.session.row("SELECT md5(\(script))")
        if let applied {
            guard applied.checksum == sum?.md5 else {
                throw .internal("\(name) was changed after it was applied; write a new migration instead")
            }
            return
        }
        print("Applying \(name)")
        do throws(Failure) {
            try database.run(script: "BEGIN")
            try database.run(script: script)
            // Migrations work as the owner of the tables.
            try database.run(script: "RESET ROLE")
            try database.session.execute("INSERT INTO migration (name, checksum) VALUES (\(name), \(sum?.md5))")
            try database.run(script: "COMMIT")
        } catch {
            throw .internal("\(name): \(error.cause ?? error.detail)")
        }
    }
}
