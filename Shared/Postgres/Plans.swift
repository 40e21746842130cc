/// The plans that the server keeps for one connection.
///
/// Planning a join of tables with row level security takes PostgreSQL about ten times as long as
/// running it. So a statement that comes a second time is prepared under a name, in the same
/// round trip in which it runs, and from then on runs by its name.
///
/// Not so when a pooler such as pgbouncer stands between: it may give every transaction another
/// server, which would not know the name. See ``mayBeKept``.
struct Plans {
    /// How to run a statement.
    enum Use {
        /// Without a name: the server forgets the plan.
        case once
        /// Under a name that the server must be told first.
        case new(Plan)
        /// Under a name that it knows.
        case kept(Plan)
    }

    /// What the server keeps under a name.
    final class Plan {
        let name: String
        fileprivate var isKept = false
        /// What the statement's rows consist of, once that was seen. It stays the same as long as
        /// the plan: see ``DatabaseError/isPlanOutdated``.
        var columns: [Table.Column]?

        fileprivate init(name: String) { self.name = name }

        /// The server did not come to keep the plan, because something before it failed.
        func noteRefused() { isKept = false }
    }

    /// Whether this connection leads straight to one server process: the process's own id is the
    /// one that came when the connection was made. A pooler makes up ids for its clients.
    /// Nil as long as that was not asked.
    var mayBeKept: Bool?
    private var plans: [Shape: Plan] = [:]
    private var names = 0

    mutating func use(_ statement: Statement) -> Use {
        guard mayBeKept != false else { return .once }
        let shape = Shape(statement)
        guard let plan = plans[shape] else {
            names += 1
            plans[shape] = Plan(name: "plan\(names)")
            return .once
        }
        if plan.isKept { return .kept(plan) }
        guard mayBeKept == true else { return .once }
        // From here on: it may come again in the same round trip.
        plan.isKept = true
        return .new(plan)
    }

    /// Makes all plans anew, under new names.
    mutating func forget() { plans = [:] }

    /// What makes two statements the same to the server.
    private struct Shape: Hashable {
        let text: String
        let types: [UInt32]

        init(_ statement: Statement) {
            text = statement.text
            types = statement.values.map(\.type)
        }

        /// A process has few statements and they are long: their lengths tell nearly all apart.
        func hash(into hasher: inout Hasher) { hasher.combine(text.utf8.count) }
    }
}
