import POSIX
import Testing

@testable import Endpoint
@testable import Postgres

@Suite(.enabled(if: TestDatabase.isThere, TestDatabase.reason)) struct TransactionTests {
    private let database: Database

    init() throws {
        database = try TestDatabase.connect()
        try database.run(script: "CREATE TEMPORARY TABLE note (text text PRIMARY KEY)")
    }

    private func notes() throws -> Int? { try database.session.count("SELECT count(*) FROM note") }

    @Test func statementsOfOneTripAreOneTransaction() throws {
        let session = database.session("INSERT INTO note VALUES ('prelude')")
        #expect(throws: Failure.self) { try session.execute("INSERT INTO note VALUES (NULL)") }
        #expect(try notes() == 0)
        #expect(try session.execute("INSERT INTO note VALUES ('a'), ('b')") == 2)
        #expect(try notes() == 3)
    }

    @Test func aFailedPreludeStopsWhatFollows() throws {
        let session = database.session("SELECT 1 / 0")
        #expect(throws: Failure.self) { try session.execute("INSERT INTO note VALUES ('a')") }
        #expect(throws: Failure.self) { try session.confirm() }
        #expect(try notes() == 0)
        try database.session("SELECT 1").confirm()
    }

    @Test func whatIsQueuedIsCommittedInOrder() throws {
        let seen = try database.session("INSERT INTO note VALUES ('prelude')").transaction {
            transaction throws(Failure) in
            transaction.queue("INSERT INTO note VALUES ('queued')")
            let seen: Count? = try transaction.row("SELECT count(*) FROM note")
            transaction.queue("INSERT INTO note VALUES ('last')")
            return seen?.count
        }
        #expect(seen == 2)
        #expect(try notes() == 3)
    }

    @Test func nothingStaysOfATransactionThatThrows() throws {
        #expect { () throws in
            try database.session.transaction { transaction throws(Failure) in
                _ = try transaction.execute("INSERT INTO note VALUES ('a')")
                transaction.queue("INSERT INTO note VALUES ('b')")
                throw Failure.conflict("Changed my mind.")
            }
        } throws: { ($0 as? Failure)?.detail == "Changed my mind." }
        #expect(try notes() == 0)
    }

    @Test func aFailureAtTheCommitTakesEverythingBack() throws {
        #expect { () throws in
            try database.session.transaction { transaction throws(Failure) in
                _ = try transaction.execute("INSERT INTO note VALUES ('a')")
                transaction.queue("INSERT INTO note VALUES ('a')")
            }
        } throws: { isFailure($0, .conflict) }
        #expect(try notes() == 0)
        #expect(try database.session.execute("INSERT INTO note VALUES ('a')") == 1)
    }

    @Test func aTransactionThatAsksNothingSendsOneTrip() throws {
        try database.session.transaction { transaction throws(Failure) in
            transaction.queue("INSERT INTO note VALUES ('a')")
        }
        #expect(try notes() == 1)
    }

    /// A connection to the same database that sees what was committed only.
    private func outsider(_ table: String) throws -> Database {
        try database.run(script: "CREATE TABLE \(table) (text text PRIMARY KEY)")
        return try TestDatabase.connect()
    }

    @Test func whatIsEnclosedIsOneTransaction() throws {
        let table = "enclosed_\(UInt64.random(in: 0 ... .max))"
        let outsider = try outsider(table)
        defer { try? database.run(script: "DROP TABLE \(table)") }
        let count: Statement = .text("SELECT count(*) FROM \(table)")
        try database.session("SELECT 1").transaction { transaction throws(Failure) in
            transaction.queue(.text("INSERT INTO \(table) VALUES ('around')"))
            try transaction.enclose { () throws(Failure) in
                try database.session.execute(.text("INSERT INTO \(table) VALUES ('alone')"))
                try database.session("SELECT 2").transaction { inner throws(Failure) in
                    inner.queue(.text("INSERT INTO \(table) VALUES ('inner')"))
                    let seen: Count? = try inner.row(count)
                    #expect(seen?.count == 3)
                }
            }
            #expect(try? outsider.session.count(count) == 0)
            transaction.queue(.text("INSERT INTO \(table) VALUES ('after')"))
        }
        #expect(try outsider.session.count(count) == 4)
        #expect(try database.session.count(count) == 4)
    }

    @Test func nothingStaysOfWhatWasEnclosedWhenItThrows() throws {
        #expect { () throws in
            try database.session.transaction { transaction throws(Failure) in
                try transaction.enclose { () throws(Failure) in
                    try database.session.transaction { inner throws(Failure) in
                        inner.queue("INSERT INTO note VALUES ('inner')")
                    }
                    throw Failure.conflict("Changed my mind.")
                }
            }
        } throws: { ($0 as? Failure)?.detail == "Changed my mind." }
        #expect(try notes() == 0)
        // Afterwards a transaction is one by itself again.
        try database.session.transaction { transaction throws(Failure) in transaction.queue("INSERT INTO note VALUES ('a')") }
        #expect(try notes() == 1)
    }

    @Test func aFailureThatIsCaughtInsideSpoilsNothingAround() throws {
        try database.session.transaction { transaction throws(Failure) in
            _ = try transaction.execute("INSERT INTO note VALUES ('a')")
            try transaction.enclose { () throws(Failure) in
                do throws(Failure) {
                    try database.session.execute("INSERT INTO note VALUES ('a')")
                } catch {
                    #expect(error.code == .conflict)
                }
                do throws(Failure) {
                    try database.session.transaction { inner throws(Failure) in
                        _ = try inner.execute("INSERT INTO note VALUES ('lost')")
                        inner.queue("INSERT INTO note VALUES ('a')")
                    }
                } catch {
                    #expect(error.code == .conflict)
                }
                try database.session.execute("INSERT INTO note VALUES ('b')")
            }
        }
        #expect(try notes() == 2)
    }

    @Test(
        arguments: [
            ("PA401", .invalidToken, "Said by us."), ("PA403", .accessDenied, "Said by us."),
            ("PA404", .notFound, "Said by us."),
            ("PA409", .conflict, "Said by us."), ("PA410", .gone, "Said by us."),
            ("23505", .conflict, "That already exists."),
            ("23503", .notFound, "Something that this refers to does not exist."),
            ("40001", .unavailable, "The database is busy. Please try again."),
            ("40P01", .unavailable, "The database is busy. Please try again."),
            ("55P03", .unavailable, "The database is busy. Please try again."),
            ("57014", .unavailable, "The database is busy. Please try again."),
            ("53300", .unavailable, "The database is busy. Please try again."),
            ("57P01", .unavailable, "The database cannot be reached. Please try again."),
            ("42501", .internalError, "The fault was logged. Please try again later."),
            ("22P02", .internalError, "The fault was logged. Please try again later."),
            ("XX000", .internalError, "The fault was logged. Please try again later."),
        ] as [(String, Failure.Code, String)])
    func errorsMeanSomethingToTheCaller(state: String, code: Failure.Code, detail: String) throws {
        try database.run(
            script: """
                CREATE FUNCTION pg_temp.fail(state text) RETURNS void LANGUAGE plpgsql AS
                $$ BEGIN RAISE EXCEPTION 'Said by us.' USING ERRCODE = state; END $$
                """)
        #expect { try database.session.execute("SELECT pg_temp.fail(\(state))") } throws: { error in
            guard let failure = error as? Failure else { return false }
            return failure.code == code && failure.detail == detail
        }
    }

    @Test func aDuplicateIsAConflictAndTheConstraintIsLogged() throws {
        try database.session.execute("INSERT INTO note VALUES ('a')")
        #expect { try database.session.execute("INSERT INTO note VALUES ('a')") } throws: { error in
            guard let failure = error as? Failure else { return false }
            return failure.code == .conflict && failure.cause?.contains("note_pkey") == true
                && !failure.detail.contains("note")
        }
    }
}

@Suite(.enabled(if: TestDatabase.isThere, TestDatabase.reason)) struct ReconnectTests {
    private let scratch: ScratchDatabase
    private let database: Database

    init() throws {
        scratch = try ScratchDatabase()
        database = try scratch.connect()
        try database.run(script: "CREATE SEQUENCE attempts; CREATE TABLE note (attempt bigint, cut boolean)")
    }

    private func terminate(_ database: Database) throws {
        let backend = try #require(try database.session.count("SELECT pg_backend_pid() AS count"))
        #expect(
            try scratch.connect().session.count("SELECT pg_terminate_backend(\(backend)::int, 5000)::int AS count") == 1
        )
    }

    @Test func anIdleConnectionThatWasLostIsReplaced() throws {
        try terminate(database)
        #expect(try database.session.execute("INSERT INTO note VALUES (1, false)") == 1)
        try terminate(database)
        try database.session.transaction { transaction throws(Failure) in
            transaction.queue("INSERT INTO note VALUES (2, false)")
        }
        #expect(try database.session.count("SELECT count(*) FROM note") == 2)
    }

    @Test func aReadThatLosesItsConnectionIsRepeatedOnce() throws {
        // A sequence counts on when its transaction is lost.
        let attempts = try database.session.count(
            """
            SELECT CASE WHEN attempt = 1 AND pg_terminate_backend(pg_backend_pid()) THEN pg_sleep(10) END, attempt AS count
            FROM (SELECT nextval('attempts') AS attempt OFFSET 0) counted
            """)
        #expect(attempts == 2)
    }

    @Test func aReadIsNotRepeatedForEver() throws {
        #expect { () throws in
            try database.session.count(
                "SELECT CASE WHEN pg_terminate_backend(pg_backend_pid()) AND nextval('attempts') > 0 THEN pg_sleep(10) END, 1 AS count"
            )
        } throws: { isFailure($0, .unavailable) }
        #expect(try database.session.count("SELECT last_value AS count FROM attempts") == 2)
    }

    @Test func aWriteThatLosesItsConnectionIsNotRepeated() throws {
        let write: Statement = """
            INSERT INTO note SELECT attempt, CASE WHEN pg_terminate_backend(pg_backend_pid()) THEN pg_sleep(10) IS NULL END
            FROM (SELECT nextval('attempts') AS attempt OFFSET 0) counted
            """
        #expect { try database.session.execute(write) } throws: { error in
            guard let failure = error as? Failure else { return false }
            return failure.code == .unavailable && failure.headers.contains { $0.name == "Retry-After" }
        }
        #expect(try database.session.count("SELECT last_value AS count FROM attempts") == 1)
        #expect(try database.session.count("SELECT count(*) FROM note") == 0)
    }

    @Test func nothingStaysOfATransactionThatLosesItsConnection() throws {
        #expect { () throws in
            try database.session.transaction { transaction throws(Failure) in
                _ = try transaction.execute("INSERT INTO note VALUES (1, false)")
                transaction.queue("INSERT INTO note VALUES (2, false)")
                transaction.queue("SELECT pg_sleep(10) WHERE pg_terminate_backend(pg_backend_pid())")
                _ = try transaction.execute("INSERT INTO note VALUES (3, false)")
            }
        } throws: { isFailure($0, .unavailable) }
        #expect(try database.session.count("SELECT count(*) FROM note") == 0)
        try database.session.transaction { transaction throws(Failure) in
            transaction.queue("INSERT INTO note VALUES (4, true)")
        }
        #expect(try database.session.count("SELECT count(*) FROM note") == 1)
    }

    @Test func nothingStaysOfWhatWasEnclosedWhenTheConnectionIsLost() throws {
        #expect { () throws in
            try database.session.transaction { transaction throws(Failure) in
                _ = try transaction.execute("INSERT INTO note VALUES (1, false)")
                try transaction.enclose { () throws(Failure) in
                    do throws(Failure) {
                        try database.session.execute("SELECT pg_sleep(10) WHERE pg_terminate_backend(pg_backend_pid())")
                    } catch {
                        #expect(error.code == .unavailable)
                    }
                    // Never on another connection, where it would take effect alone.
                    try database.session.execute("INSERT INTO note VALUES (2, false)")
                }
            }
        } throws: { isFailure($0, .unavailable) }
        #expect(try database.session.count("SELECT count(*) FROM note") == 0)
        #expect(try database.session.execute("INSERT INTO note VALUES (3, true)") == 1)
    }

    @Test(arguments: 1...3)
    func aStatementThatComesAgainSeesTheTableAsItIs(columns: Int) throws {
        // The server keeps the plan of the second run; the third must not fail over a changed table.
        for _ in 0..<3 { #expect(try database.session.count("SELECT count(*) FROM (SELECT * FROM note) n") == 0) }
        for column in 0..<columns {
            try database.run(script: "ALTER TABLE note ADD COLUMN extra\(column) text")
            #expect(try database.session.rows("SELECT * FROM note", as: Count.self).isEmpty)
            #expect(try database.session.count("SELECT count(*) FROM (SELECT * FROM note) n") == 0)
        }
    }

    @Test func aDatabaseThatCannotBeReachedIsUnavailable() throws {
        let database = try Database(Environment(["PARLEY_DATABASE": "host=/nonexistent dbname=parley"]), as: .recruiter)
        #expect { try database.session.count("SELECT 1 AS count") } throws: { isFailure($0, .unavailable) }
        #expect { try Database(Environment([:]), as: .recruiter) } throws: { isFailure($0, .unavailable) }
    }
}

@Suite(.enabled(if: TestDatabase.isThere, TestDatabase.reason)) struct MigrationTests {
    private static let program =
        String(Process.program[..<(Process.program.lastIndex(of: "/") ?? Process.program.startIndex)]) + "/Migrate"
    private static let schema = "\(TestDatabase.checkout)/Shared/Schema"

    private func migrate(_ location: String, _ folder: String = schema) throws -> ChildProcess.Result {
        try ChildProcess.run(
            "env", ["PARLEY_DATABASE=\(location)", Self.program, folder],
            limits: .init(seconds: 60, memory: 8 << 30, output: 1 << 20))
    }

    @Test func migrationsAreAppliedOnceByTwoProcessesAtOnce() async throws {
        let scratch = try ScratchDatabase()
        let location = scratch.location
        async let one = migrate(location)
        async let other = migrate(location)
        let results = try await [one, other]
        #expect(results.map(\.status) == [0, 0], "\(results.map(\.errors))")
        let files = try File.names(in: Self.schema)
        let printed = results.flatMap {
            String(decoding: $0.output, as: UTF8.self).split(separator: "\n").map(String.init)
        }
        #expect(printed.sorted() == files.map { "Applying \($0)" })
        let again = try migrate(location)
        #expect(again.status == 0 && again.output.isEmpty)
        #expect(try scratch.connect().session.count("SELECT count(*) FROM migration") == files.count)
    }

    @Test func aMigrationThatWasAppliedMayNotChange() throws {
        let scratch = try ScratchDatabase()
        let folder = try TemporaryFolder(in: "/tmp")
        try File.replace("\(folder.path)/001.sql", with: Array("CREATE TABLE a (id integer)".utf8))
        #expect(try migrate(scratch.location, folder.path).status == 0)
        try File.replace("\(folder.path)/001.sql", with: Array("CREATE TABLE b (id integer)".utf8))
        #expect(try migrate(scratch.location, folder.path).errors.contains("001.sql was changed after it was applied"))
    }

    @Test func aMigrationThatFailsLeavesNothing() throws {
        let scratch = try ScratchDatabase()
        let folder = try TemporaryFolder(in: "/tmp")
        try File.replace("\(folder.path)/001.sql", with: Array("CREATE TABLE a (id integer); SELECT 1 / 0;".utf8))
        #expect(try migrate(scratch.location, folder.path).status == 1)
        #expect(try scratch.connect().session.count("SELECT count(*) FROM pg_tables WHERE tablename = 'a'") == 0)
        #expect(try scratch.connect().session.count("SELECT count(*) FROM migration") == 0)
    }
}
