import Endpoint
import Postgres

/// Tells operators and load balancers whether the system works, and if not, what does not.
@main struct Health: Endpoint {
    static let route = Route.get("/health")
    static let access = Access.anyone
    static let summary = "Whether the system works"

    struct Input: Decodable {}

    struct Output: Codable {
        let status: String
        let checks: [Check]
    }

    struct Check: Codable {
        let name: String
        let status: String
        let detail: String?
    }

    private struct Backlog: Decodable {
        let oldestSeconds: Double?
        let dead: Int
    }

    let database: Database

    init(_ environment: Environment) throws(Failure) { database = try Database(environment, as: .courier) }

    func handle(_ input: Input, from caller: Anyone) throws(Failure) -> Output {
        let backlog: Backlog?
        do throws(Failure) {
            backlog = try database.session.row(
                """
                SELECT extract(epoch FROM now() - min(run_at) FILTER (WHERE state = 'ready' AND run_at < now()))
                        AS oldest_seconds,
                    count(*) FILTER (WHERE state = 'dead') AS dead
                FROM delivery WHERE state <> 'done'
                """)
        } catch {
            throw .unavailable("The database cannot be reached.", cause: error.cause ?? error.detail)
        }
        let waiting = backlog?.oldestSeconds ?? 0
        return Output(
            status: "ok",
            checks: [
                Check(name: "database", status: "ok", detail: nil),
                Check(
                    name: "courier", status: waiting > 60 ? "late" : "ok",
                    detail: waiting > 60 ? "The oldest delivery has been due for \(Int(waiting)) seconds." : nil),
                Check(
                    name: "dead letters", status: "ok",
                    detail: (backlog?.dead ?? 0) > 0 ? "\(backlog?.dead ?? 0) deliveries were given up." : nil),
            ])
    }
}
