/// The plans that the server keeps for one connection.
///
/// Planning a join of tables with row level security takes PostgreSQL about ten times as long as
/// running it. So a statement that comes a second time is prepared under a name, in the same
/// round trip in which it runs, and from then on runs by its name.
///
/// Not so when a pooler such as pgbouncer stands between: it may give every transaction another
/// server, which would not know the name. See ``mayBeKept``.
struct Plans {
    /// What makes two statements the same to the server.
    struct Shape: Hashable {
        let text: String
        let types: [UInt32]

        init(_ statement: Statement) {
            text = statement.text
            types = statement.values.map(\.type)
        }
    }

    /// How to run a statement.
    enum Use {
        /// Without a name: the server forgets the plan.
        case once
        /// Under a name that the server must be told first.
        case new(String)
        /// Under a name that it knows.
        case kept(String)
    }

    private struct Record {
        let name: String
        var isKept = false
    }

    /// Whether this connection leads straight to one server process: the process's own id is the
    /// one that came when the connection was made. A pooler makes up ids for its clients.
    /// Nil as long as that was not asked.
    var mayBeKept: Bool?
    private var records: [Shape: Record] = [:]
    private var names = 0

    mutating func use(_ shape: Shape) -> Use {
        guard mayBeKept != false else { return .once }
        guard let record = records[shape] else {
            names += 1
            records[shape] = Record(name: "plan\(names)")
            return .once
        }
        if record.isKept { return .kept(record.name) }
        guard mayBeKept == true else { return .once }
        // From here on: it may come again in the same round trip.
        records[shape]?.isKept = true
        return .new(record.name)
    }

    /// The server did not come to keep the plan, because something before it failed.
    mutating func noteRefused(_ shape: Shape) { records[shape]?.isKept = false }

    /// Makes all plans anew, under new names.
    mutating func forget() { records = [:] }
}
