public import Endpoint
import JSON
import POSIX
public import Validation

/// The process's way to PostgreSQL: one connection, made when first needed, renewed when lost.
public final class Database {
    /// The database roles; each owns nothing and may do only what its functions need.
    public enum Role: String, Sendable {
        case anyone = "parley_anyone"
        case recruiter = "parley_recruiter"
        case candidate = "parley_candidate"
        case service = "parley_service"
        case courier = "parley_courier"
        /// The owner of everything: for migrations and commands, never for a route.
        case admin = "parley_admin"
    }

    private let parameters: String
    private let role: Role
    private let rehearsal: Environment.Rehearsal?
    private var connection: Connection?
    /// Whether all that is done belongs to a transaction around it: see ``Transaction/enclose(_:)``.
    fileprivate var isInTransaction = false
    /// What the present connection listens to.
    private var channels: Set<String> = []

    /// - Throws: `UNAVAILABLE` when `PARLEY_DATABASE` is not set.
    public init(_ environment: Environment, as role: Role) throws(Failure) {
        let user = environment.rehearsal == nil ? role : .admin
        parameters = "\(try environment.required("PARLEY_DATABASE")) user=\(user.rawValue)"
        self.role = role
        rehearsal = environment.rehearsal
    }

    /// A session in which every transaction begins with `prelude`: it says on whose behalf what
    /// follows is done, and fails when there is no such caller.
    public func session(_ prelude: Statement) -> Session { Session(database: self, prelude: [prelude]) }

    /// A session on behalf of an organisation, for whoever came with a grant or a signed event. Does as
    /// `service_session`, whose plan PostgreSQL would make anew at every call.
    public func session(of organization: Identifier, traceparent: String) -> Session {
        session(
            """
            SELECT set_config('app.organization', \(organization)::text, true), set_config('app.traceparent', \(traceparent), true)
            """)
    }

    /// A session on nobody's behalf.
    public var session: Session { Session(database: self, prelude: []) }

    /// Runs statements in one round trip and, outside a transaction, as one transaction.
    func run(_ statements: [Statement], mayRepeat: Bool) throws(Failure) -> [Table] {
        do {
            return try attempt(statements, on: try connected())
        } catch {
            guard error.isConnectionLost || error.isPlanOutdated, mayRepeat, !isEnclosed else {
                throw Failure(error)
            }
        }
        do { return try attempt(statements, on: try connected()) } catch { throw Failure(error) }
    }

    /// Begins or goes on with a transaction.
    /// - Parameter connection: the one the transaction began on, or nil to begin. On any other
    ///   connection its statements would take effect alone and on nobody's behalf.
    func run(_ statements: [Statement], in connection: inout Connection?) throws(Failure) -> [Table] {
        do throws(DatabaseError) {
            if connection == nil { connection = try connected() }
            guard let connection else { return [] }
            return try attempt(statements, on: connection)
        } catch {
            throw Failure(error)
        }
    }

    /// Whether a transaction is only a part of another one.
    private var isEnclosed: Bool { isInTransaction || rehearsal != nil }

    private func attempt(_ statements: [Statement], on connection: Connection) throws(DatabaseError) -> [Table] {
        guard isEnclosed else { return try connection.run(statements) }
        do {
            // A failed statement must not spoil what is around it, which may go on.
            // It is not released: that would release a transaction's own savepoint with it.
            return Array(try connection.run(["SAVEPOINT statement"] + statements).dropFirst())
        } catch {
            try connection.run(script: "ROLLBACK TO SAVEPOINT statement")
            throw error
        }
    }

    private func connected() throws(DatabaseError) -> Connection {
        if let connection, connection.isAlive { return connection }
        guard !isInTransaction else {
            throw DatabaseError(message: "the connection of a transaction was lost", isConnectionLost: true)
        }
        connection = nil
        channels = []
        let new = try Connection(parameters)
        if let rehearsal { try begin(rehearsal, on: new) }
        connection = new
        return new
    }

    /// Begins the one transaction a fixture runs in. It is never committed.
    private func begin(_ rehearsal: Environment.Rehearsal, on connection: Connection) throws(DatabaseError) {
        try connection.run(script: "BEGIN")
        for path in rehearsal.given {
            do {
                try connection.run(script: String(decoding: try File.read(path), as: UTF8.self))
            } catch let error as SystemError {
                throw DatabaseError(message: error.description, isConnectionLost: false)
            } catch let error as DatabaseError {
                throw error
            } catch {}
        }
        try connection.run(script: "SET LOCAL ROLE \(role.rawValue)")
    }

    /// Runs a script as it stands, for migrations.
    public func run(script: String) throws(Failure) {
        do { try connected().run(script: script) } catch { throw Failure(error) }
    }

    /// Listens to a channel and gives the socket that can be read when a notification comes.
    public func listen(_ channel: StaticString) throws(Failure) -> Int32 {
        do {
            let connection = try connected()
            if channels.insert("\(channel)").inserted { try connection.run(script: "LISTEN \(channel)") }
            return connection.socket
        } catch {
            throw Failure(error)
        }
    }

    /// Takes the notifications that came.
    /// - Returns: whether there were any.
    @discardableResult
    public func drainNotifications() throws(Failure) -> Bool {
        do { return try connected().drainNotifications() } catch { throw Failure(error) }
    }

    /// The words for the beginning and the two ends of a transaction, which may be a part of another one.
    var transactionWords: (begin: Statement, commit: Statement, rollback: Statement) {
        isEnclosed
            ? ("SAVEPOINT work", "RELEASE SAVEPOINT work", "ROLLBACK TO SAVEPOINT work")
            : ("BEGIN", "COMMIT", "ROLLBACK")
    }
}

/// Statements on one caller's behalf.
public struct Session {
    let database: Database
    let prelude: [Statement]

    /// All rows of a statement, in one round trip and one transaction of its own. A `SELECT` is
    /// repeated once when the connection turns out to be lost.
    public func rows<Row: Decodable>(_ statement: Statement, as type: Row.Type = Row.self) throws(Failure) -> [Row] {
        try database.run(prelude + [statement], mayRepeat: statement.isRead).last?.decoded() ?? []
    }

    /// The first row, or nil.
    public func row<Row: Decodable>(_ statement: Statement, as type: Row.Type = Row.self) throws(Failure) -> Row? {
        try rows(statement, as: type).first
    }

    /// Runs a statement and tells how many rows it changed.
    @discardableResult
    public func execute(_ statement: Statement) throws(Failure) -> Int {
        try database.run(prelude + [statement], mayRepeat: false).last?.affected ?? 0
    }

    /// Runs statements in one round trip and one transaction, and tells how many rows each changed.
    public func execute(all statements: [Statement]) throws(Failure) -> [Int] {
        try database.run(prelude + statements, mayRepeat: false).dropFirst(prelude.count).map(\.affected)
    }

    /// Throws unless the caller is who they say.
    public func confirm() throws(Failure) {
        guard !prelude.isEmpty else { return }
        _ = try database.run(prelude, mayRepeat: true)
    }

    /// Runs several statements as one transaction: all take effect when `body` returns, none when it throws.
    public func transaction<Result>(_ body: (Transaction) throws(Failure) -> Result) throws(Failure) -> Result {
        let transaction = Transaction(database: database, opening: prelude)
        let result: Result
        do {
            result = try body(transaction)
            try transaction.commit()
        } catch {
            transaction.rollBack()
            throw error
        }
        return result
    }
}

/// A transaction in progress. What is queued travels with the next statement whose rows are
/// asked for, and the last of it with the commit: a round trip is spent only where an answer is needed.
public final class Transaction {
    private let database: Database
    private var queued: [Statement]
    /// The connection it began on; nil before BEGIN was sent and after the end.
    private var connection: Connection?

    init(database: Database, opening: [Statement]) {
        self.database = database
        queued = [database.transactionWords.begin] + opening
    }

    /// Runs a statement with the next one, or with the commit. Statements run in the order they were given.
    public func queue(_ statement: Statement) { queued.append(statement) }

    private func run(_ statement: Statement) throws(Failure) -> Table? {
        let statements = queued + [statement]
        queued = []
        return try database.run(statements, in: &connection).last
    }

    public func rows<Row: Decodable>(_ statement: Statement, as type: Row.Type = Row.self) throws(Failure) -> [Row] {
        try run(statement)?.decoded() ?? []
    }

    public func row<Row: Decodable>(_ statement: Statement, as type: Row.Type = Row.self) throws(Failure) -> Row? {
        try rows(statement, as: type).first
    }

    /// Runs a statement and tells how many rows it changed.
    public func execute(_ statement: Statement) throws(Failure) -> Int { try run(statement)?.affected ?? 0 }

    /// Makes all that `body` does with the same database a part of this transaction, also what it
    /// does in transactions of its own.
    public func enclose<Result>(_ body: () throws(Failure) -> Result) throws(Failure) -> Result {
        if !queued.isEmpty { _ = try database.run(queued, in: &connection) }
        queued = []
        let wasInTransaction = database.isInTransaction
        database.isInTransaction = true
        defer { database.isInTransaction = wasInTransaction }
        return try body()
    }

    func commit() throws(Failure) {
        _ = try run(database.transactionWords.commit)
        connection = nil
    }

    /// Ends a transaction that failed, if it began at all.
    func rollBack() {
        guard connection != nil else { return }
        // A connection that cannot even roll back is broken; the server then rolls back by itself.
        _ = try? database.run([database.transactionWords.rollback], in: &connection)
        connection = nil
    }
}

extension Table {
    /// Decodes each row from its columns: `created_at` becomes `createdAt`, a `json` column any decodable value.
    func decoded<Row: Decodable>() throws(Failure) -> [Row] {
        var decoded: [Row] = []
        decoded.reserveCapacity(rows.count)
        for row in rows {
            let members = zip(columns, row).map { JSON.Member($0.name, $1) }
            do {
                decoded.append(
                    try InputDecoder.decode(Row.self, from: .object(members), leniency: .unknownMembers))
            } catch {
                let problems = error.problems.map { "\($0.field) \($0.message)" }.joined(separator: ", ")
                throw .internal("a row does not fit \(Row.self): \(problems)")
            }
        }
        return decoded
    }
}

extension DatabaseError {
    /// What the log may hold. PostgreSQL quotes values in its messages, except where it speaks of
    /// the statement itself (class 42) or of the connection.
    fileprivate var cause: String {
        let mayQuote = !state.isEmpty && !state.hasPrefix("42") && !state.hasPrefix("57")
        return ["SQLSTATE \(state)", constraint, mayQuote ? nil : message].compactMap { $0 }.joined(separator: " ")
    }
}

extension Failure {
    /// What a database error means to the caller. The texts that our own SQL functions raise
    /// (SQLSTATE class `PA`, followed by the status) are written for people; PostgreSQL's are not
    /// and stay in the log.
    init(_ error: DatabaseError) {
        let cause = error.cause
        switch error.state {
        case "PA401": self = .invalidToken(error.message)
        case "PA403": self = .denied(error.message)
        case "PA404": self = Failure(.notFound, error.message)
        case "PA409": self = .conflict(error.message)
        case "PA410": self = .gone(error.message)
        case "PAW10": self = Failure(.gone, error.message, members: [JSON.Member("reason", "WITHDRAWN")])
        case "23505": self = Failure(.conflict, "That already exists.", cause: cause)
        case "23503": self = Failure(.notFound, "Something that this refers to does not exist.", cause: cause)
        case "40001", "40P01", "55P03", "57014", "53300":
            self = .unavailable("The database is busy. Please try again.", retryAfter: 1, cause: cause)
        case "" where !error.isConnectionLost: self = .internal(cause)
        case _ where error.isPlanOutdated:
            self = .unavailable("The database has just changed. Please try again.", retryAfter: 1, cause: cause)
        case "", "57P01", "57P02", "57P03", "08000", "08003", "08006":
            self = .unavailable("The database cannot be reached. Please try again.", cause: cause)
        default: self = .internal(cause)
        }
    }
}
