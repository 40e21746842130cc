import POSIX
import Testing

@testable import Endpoint
@testable import Postgres

/// The database that `PARLEY_RUN` names; `Tests/run.sh` starts it.
enum TestDatabase {
    static let isThere = Process.environment["PARLEY_RUN"] != nil
    static let reason: Comment = "Tests/run.sh starts the database that this needs"
    static let checkout = String(#filePath.dropLast("/Tests/PostgresTests/TestDatabase.swift".count))

    static func connect(as role: Database.Role = .admin) throws -> Database {
        try Database(Environment.read(), as: role)
    }

    /// A database in a transaction that is never committed, with the fixtures' organisations in it.
    static func rehearsal(as role: Database.Role) throws -> Database {
        let files = [
            "organization", "interviews", "colleagues", "session", "recorded-take", "accommodations", "device-checks", "reviews",
            "assigned", "decided", "dispositions", "webhooks", "mails", "planned", "notes", "live",
            "transcript", "analyses", "engines", "resumes", "resume-versions",
        ]
        let given = files.map { "\(checkout)/Tests/Fixtures/given/\($0).sql" }
        return try Database(Environment.read(rehearsal: .init(given: given, settings: [:], blobs: "/nonexistent")), as: role)
    }
}

/// An empty database of its own, gone with this object.
final class ScratchDatabase {
    let environment: Environment
    /// What `PARLEY_DATABASE` is for it.
    let location: String
    private let name: String

    init() throws {
        let name = "scratch_\(UInt64.random(in: 0 ... .max))"
        self.name = name
        let location = try Environment.read().required("PARLEY_DATABASE")
        self.location = location.split(separator: " ").map { $0.hasPrefix("dbname=") ? "dbname=\(name)" : String($0) }
            .joined(separator: " ")
        environment = Environment(["PARLEY_DATABASE": self.location])
        try TestDatabase.connect().run(script: "CREATE DATABASE \(name)")
    }

    func connect() throws -> Database { try Database(environment, as: .admin) }

    deinit { try? TestDatabase.connect().run(script: "DROP DATABASE \(name) WITH (FORCE)") }
}

extension Statement {
    /// For statements whose table or column is one of a list that the catalogue gave.
    static func text(_ text: String) -> Statement { Statement(stringLiteral: text) }
}

struct Count: Decodable {
    let count: Int
}

extension Session {
    func count(_ statement: Statement) throws -> Int? { try row(statement, as: Count.self)?.count }
}

func isFailure(_ error: any Error, _ code: Failure.Code) -> Bool { (error as? Failure)?.code == code }

/// Whether a grant or a policy is missing: SQLSTATE 42501, `insufficient_privilege`.
func isForbidden(_ error: any Error) -> Bool { (error as? Failure)?.cause?.contains("42501") ?? false }
