import CPostgres
import Glibc
import JSON

/// One libpq connection. Its owner decides when to make a new one.
@safe final class Connection {
    private let handle: OpaquePointer
    /// Set when an exchange was left in the middle: what the server still has to say belongs to it.
    private var isBroken = false
    private var plans = Plans()

    /// Connects, waiting at most five seconds.
    /// - Parameter parameters: a libpq connection string.
    init(_ parameters: String) throws(DatabaseError) {
        guard let handle = unsafe PQconnectdb(parameters + " connect_timeout=5 client_encoding=UTF8") else {
            throw DatabaseError(message: "out of memory", isConnectionLost: true)
        }
        unsafe self.handle = handle
        guard unsafe PQstatus(handle) == CONNECTION_OK else {
            throw DatabaseError(message: unsafe String(cString: PQerrorMessage(handle)), isConnectionLost: true)
        }
        unsafe parley_silence_notices(handle)
    }

    deinit { unsafe PQfinish(handle) }

    /// Whether the server still holds the other end. Costs no round trip: a server that went
    /// away while the connection was idle has said so, and that is waiting to be read.
    var isAlive: Bool {
        guard !isBroken else { return false }
        // Until all is read: the server's last words come before the end.
        while unsafe PQstatus(handle) == CONNECTION_OK {
            var polled = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
            guard unsafe poll(&polled, 1, 0) != 0 else { return true }
            guard unsafe PQconsumeInput(handle) == 1 else { return false }
        }
        return false
    }

    /// Runs statements in one round trip. Outside a transaction block they are one transaction:
    /// all or none take effect (PostgreSQL manual, 34.5 "Pipeline Mode").
    /// - Returns: one table for each statement.
    func run(_ statements: [Statement]) throws(DatabaseError) -> [Table] {
        guard statements.allSatisfy(\.hasNoNUL) else {
            throw DatabaseError(message: "a value holds U+0000, at which libpq would cut it", isConnectionLost: false)
        }
        isBroken = true
        guard unsafe PQenterPipelineMode(handle) == 1 else { throw connectionError() }
        var sent: [Sent] = []
        for statement in statements { try send(statement, noting: &sent) }
        if plans.mayBeKept == nil { try sendQuestionForServer(noting: &sent) }
        guard unsafe PQpipelineSync(handle) == 1 else { throw connectionError() }
        var tables: [Table] = []
        var failure: DatabaseError?
        var next = 0
        while true {
            guard let result = unsafe PQgetResult(handle) else {
                // nil ends the results of what was sent; on a lost connection it comes for ever.
                guard unsafe PQstatus(handle) == CONNECTION_OK else { throw connectionError() }
                next += 1
                continue
            }
            defer { unsafe PQclear(result) }
            switch unsafe PQresultStatus(result) {
            case PGRES_PIPELINE_SYNC:
                isBroken = unsafe PQexitPipelineMode(handle) != 1
                guard let failure else { return tables }
                if failure.isPlanOutdated { plans.forget() }
                throw failure
            case PGRES_TUPLES_OK, PGRES_COMMAND_OK:
                switch sent[next] {
                case .plan: break
                case .statement(let plan):
                    do { tables.append(try unsafe table(result, of: plan)) } catch { failure = failure ?? error }
                case .questionForServer:
                    plans.mayBeKept = unsafe Int32(String(cString: PQgetvalue(result, 0, 0))) == PQbackendPID(handle)
                }
            case let status:
                // A connection that is lost has more to say than was asked.
                if next < sent.count, case .plan(let plan) = sent[next] { plan.noteRefused() }
                if status == PGRES_PIPELINE_ABORTED { continue }
                failure = unsafe failure ?? DatabaseError(result, connection: handle)
            }
        }
    }

    /// What was sent in a pipeline; the results come in the same order.
    private enum Sent {
        /// A statement, with its plan if that is kept.
        case statement(Plans.Plan?)
        /// A statement whose plan the server shall keep.
        case plan(Plans.Plan)
        /// Which process the server is.
        case questionForServer
    }

    private func send(_ statement: Statement, noting sent: inout [Sent]) throws(DatabaseError) {
        let use = plans.use(statement)
        let isSent = unsafe statement.withParameters { count, values, types in
            if case .new(let plan) = use {
                guard unsafe PQsendPrepare(handle, plan.name, statement.text, count, types) == 1 else { return false }
                sent.append(.plan(plan))
            }
            switch use {
            case .once:
                sent.append(.statement(nil))
                return unsafe PQsendQueryParams(handle, statement.text, count, types, values, nil, nil, 0) == 1
            case .new(let plan), .kept(let plan):
                sent.append(.statement(plan))
                return unsafe PQsendQueryPrepared(handle, plan.name, count, values, nil, nil, 0) == 1
            }
        }
        guard isSent else { throw connectionError() }
    }

    private func table(_ result: OpaquePointer, of plan: Plans.Plan?) throws(DatabaseError) -> Table {
        let columns = unsafe plan?.columns ?? Table.columns(of: result)
        plan?.columns = columns
        return try unsafe Table(result, columns: columns)
    }

    private func sendQuestionForServer(noting sent: inout [Sent]) throws(DatabaseError) {
        guard unsafe PQsendQueryParams(handle, "SELECT pg_backend_pid()", 0, nil, nil, nil, nil, 0) == 1 else {
            throw connectionError()
        }
        sent.append(.questionForServer)
    }

    /// Runs a script of several statements without parameters, such as a migration.
    func run(script: String) throws(DatabaseError) {
        guard let result = unsafe PQexec(handle, script) else { throw connectionError() }
        defer { unsafe PQclear(result) }
        switch unsafe PQresultStatus(result) {
        case PGRES_TUPLES_OK, PGRES_COMMAND_OK, PGRES_EMPTY_QUERY: return
        default: throw unsafe DatabaseError(result, connection: handle)
        }
    }

    /// Can be read when the server has something to say.
    var socket: CInt { unsafe PQsocket(handle) }

    /// Takes the notifications that came; they only say "look", so none is kept.
    /// - Returns: whether there were any. Some come with the answers to statements, and do not make
    ///   ``socket`` readable any more.
    func drainNotifications() -> Bool {
        _ = unsafe PQconsumeInput(handle)
        var came = false
        while let notification = unsafe PQnotifies(handle) {
            unsafe PQfreemem(notification)
            came = true
        }
        return came
    }

    private func connectionError() -> DatabaseError {
        DatabaseError(
            message: unsafe String(cString: PQerrorMessage(handle)),
            isConnectionLost: unsafe PQstatus(handle) != CONNECTION_OK)
    }
}

extension Statement {
    fileprivate var hasNoNUL: Bool { values.allSatisfy { !($0.text?.utf8.contains(0) ?? false) } }

    /// Calls `body` with the number of values, the values and their types in the form libpq takes them.
    fileprivate func withParameters<R>(
        _ body: (CInt, UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<Oid>?) -> R
    ) -> R {
        // The copies live until `body` has returned; libpq keeps none of them.
        let copies = unsafe values.map { value in unsafe value.text.flatMap { unsafe strdup($0) } }
        defer { unsafe copies.forEach { unsafe free($0) } }
        let pointers = unsafe copies.map { unsafe UnsafePointer($0) }
        return unsafe pointers.withUnsafeBufferPointer { pointers in
            unsafe values.map(\.type).withUnsafeBufferPointer { types in
                unsafe body(CInt(values.count), pointers.baseAddress, types.baseAddress)
            }
        }
    }
}

/// The rows of a result, each value in the JSON form of its PostgreSQL type.
struct Table {
    struct Column {
        let name: String
        let type: Oid
    }

    let columns: [Column]
    var rows: [[JSON]] = []
    /// How many rows a statement changed.
    let affected: Int

    static func columns(of result: OpaquePointer) -> [Column] {
        (0..<(unsafe PQnfields(result))).map { index in
            unsafe Column(name: camelCase(String(cString: PQfname(result, index))), type: PQftype(result, index))
        }
    }

    init(_ result: OpaquePointer, columns: [Column]) throws(DatabaseError) {
        self.columns = columns
        affected = unsafe Int(String(cString: PQcmdTuples(result))) ?? 0
        for row in 0..<(unsafe PQntuples(result)) {
            var values: [JSON] = []
            values.reserveCapacity(columns.count)
            for (index, column) in columns.enumerated() {
                if unsafe PQgetisnull(result, row, CInt(index)) == 1 {
                    values.append(.null)
                } else {
                    let text = unsafe String(cString: PQgetvalue(result, row, CInt(index)))
                    values.append(try Self.value(text, type: column.type))
                }
            }
            rows.append(values)
        }
    }

    /// The JSON form of a value in PostgreSQL's text format. The numbers are the types' OIDs in
    /// PostgreSQL's `pg_type.dat`, which never change.
    private static func value(_ text: String, type: Oid) throws(DatabaseError) -> JSON {
        switch type {
        case 16: return .bool(text == "t")
        case 20, 21, 23: return .integer(Int(text) ?? 0)
        case 700, 701, 1700: return Double(text).map { .number($0) } ?? .null
        case 114, 3802:
            do { return try JSON(parsing: text) } catch {
                throw DatabaseError(message: "a json column: \(error)", isConnectionLost: false)
            }
        default: return .string(text)
        }
    }

    /// `createdAt` for `created_at`.
    private static func camelCase(_ name: String) -> String {
        let underscore = UInt8(ascii: "_")
        guard name.utf8.contains(underscore) else { return name }
        var bytes: [UInt8] = []
        var beginsWord = false
        for byte in name.utf8 {
            let isLowerCase = (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
            if byte != underscore { bytes.append(beginsWord && isLowerCase ? byte - 0x20 : byte) }
            beginsWord = byte == underscore
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// What PostgreSQL or libpq reported.
struct DatabaseError: Error {
    /// The SQLSTATE, `23505`; empty when the fault is the connection's.
    let state: String
    let message: String
    let constraint: String?
    let isConnectionLost: Bool

    /// Whether a kept plan does not suit the schema any more, or is gone.
    var isPlanOutdated: Bool { state == "0A000" || state == "26000" }

    init(message: String, isConnectionLost: Bool) {
        state = ""
        self.message = message
        constraint = nil
        self.isConnectionLost = isConnectionLost
    }

    init(_ result: OpaquePointer, connection: OpaquePointer) {
        state = unsafe Self.text(parley_sqlstate(result)) ?? ""
        message = unsafe Self.text(parley_primary_message(result)) ?? String(cString: PQerrorMessage(connection))
        constraint = unsafe Self.text(parley_constraint(result))
        // A server that is told to go (class 57P) says so before the connection ends.
        isConnectionLost = unsafe PQstatus(connection) != CONNECTION_OK || state.hasPrefix("57P")
    }

    private static func text(_ pointer: UnsafePointer<CChar>?) -> String? {
        guard let pointer = unsafe pointer else { return nil }
        return unsafe String(cString: pointer)
    }
}
