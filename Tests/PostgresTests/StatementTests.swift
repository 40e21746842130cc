import Endpoint
import JSON
import Testing
import Validation

@testable import Postgres

@Suite struct StatementTextTests {
    enum Colour: String, Choice { case red = "RED" }

    @Test func interpolatedValuesAreParameters() {
        let evil = "'); DROP TABLE account; --"
        let statement: Statement = "SELECT \(evil), \(7), \(Colour.red), \(nil as String?) WHERE true = \(true)"
        #expect(statement.text == "SELECT $1, $2, $3, $4 WHERE true = $5")
        #expect(statement.values.map(\.text) == [evil, "7", "RED", nil, "t"])
    }

    @Test(
        arguments: [
            ("SELECT 1", true), ("  \n select 1", true), ("WITH x AS (SELECT 1) SELECT 1", false),
            ("INSERT INTO a VALUES (1)", false),
            ("UPDATE a SET b = 1", false), ("", false),
        ] as [(Statement, Bool)])
    func onlySelectsAreReads(statement: Statement, isRead: Bool) { #expect(statement.isRead == isRead) }
}

@Suite(.enabled(if: TestDatabase.isThere, TestDatabase.reason)) struct ParameterTests {
    struct Row<Value: Decodable>: Decodable { let value: Value }

    private func back<Value: Decodable>(_ statement: Statement, as type: Value.Type = Value.self) throws -> Value {
        try #require(try TestDatabase.connect().session.row(statement, as: Row<Value>.self)).value
    }

    @Test(arguments: [
        "", "'", "''", "\"", "\\", "\\'", "$1", "%s", "'); DROP TABLE account; --", "é👋\u{2028}", "\u{1}\t\r\n", "NULL",
        "{}", "\\x00",
        String(repeating: "a", count: 100_000),
    ])
    func textComesBackAsItWas(text: String) throws { #expect(try back("SELECT \(text)::text AS value") == text) }

    @Test func aNULIsRefused() throws {
        let database = try TestDatabase.connect()
        #expect { try database.session.execute("SELECT \("a\0b")::text") } throws: { isFailure($0, .internalError) }
        #expect(try database.session.count("SELECT 1 AS count") == 1)
    }

    @Test(arguments: [0, 1, -1, .max, .min])
    func wholeNumbersComeBackAsTheyWere(number: Int) throws { #expect(try back("SELECT \(number) AS value") == number) }

    @Test(arguments: [0, -0.1, 1e300, 5.5, 1.7976931348623157e308])
    func numbersComeBackAsTheyWere(number: Double) throws { #expect(try back("SELECT \(number) AS value") == number) }

    @Test(arguments: [0, -1000, 1_795_251_600_123_000, -2_208_988_800_000_000, 253_402_300_799_999_000])
    func timesComeBackToTheMillisecond(microseconds: Int) throws {
        let time = Timestamp(microseconds: microseconds)
        #expect(try back("SELECT \(time) AS value") == time)
    }

    @Test func postgresTimesAreReadToTheMicrosecond() throws {
        #expect(
            try back("SELECT '2026-11-21 10:00:00.123456+01'::timestamptz AS value", as: Timestamp.self).microseconds
                == 1_795_251_600_123_456)
    }

    @Test func otherTypesComeBackAsTheyWere() throws {
        let id = Identifier.new()
        #expect(try back("SELECT \(id) AS value") == id)
        #expect(try back("SELECT \(true) AS value") == true)
        #expect(try back("SELECT \(false) AS value") == false)
        #expect(try back("SELECT encode(\([0, 1, 254, 255] as [UInt8]), 'hex') AS value") == "0001feff")
        let json: JSON = ["a": [1, nil, "é'\\\""], "b": .number(0.5), "c": [:]]
        #expect(try back("SELECT \(json) AS value", as: FreeObject.self).value == json)
        #expect(try back("SELECT 12.50::numeric AS value") == 12.5)
    }

    @Test func absentValuesAreNull() throws {
        let session = try TestDatabase.connect().session
        let count = try session.count(
            """
            SELECT num_nulls(\(nil as String?)::text, \(nil as Int?), \(nil as Double?), \(nil as Bool?), \(nil as Identifier?),
                \(nil as JSON?), \(nil as Timestamp?), \(nil as [UInt8]?)) AS count
            """)
        #expect(count == 8)
        struct Absent: Decodable { let value: String? }
        let row: Absent? = try session.row("SELECT NULL::text AS value")
        #expect(try #require(row).value == nil)
    }

    @Test func columnsAreNamedAsInSwift() throws {
        struct Names: Decodable, Equatable { let createdAt: Int, isOpen: Bool, plain: Int }
        let row: Names? = try TestDatabase.connect().session.row(
            "SELECT 1 AS created_at, true AS is_open, 2 AS plain, 3 AS unused")
        #expect(row == Names(createdAt: 1, isOpen: true, plain: 2))
    }

    @Test func aRowThatDoesNotFitIsOurOwnFault() throws {
        #expect { try back("SELECT 'x' AS other", as: String.self) } throws: { isFailure($0, .internalError) }
        #expect { try back("SELECT 'x' AS value", as: Int.self) } throws: { isFailure($0, .internalError) }
    }
}
