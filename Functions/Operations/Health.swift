import Endpoint
import Postgres
import Storage
import StoredObjects

/// Tells operators and load balancers whether the system works, and if not, what does not.
@main struct Health: Endpoint {
    static let route = Route.get("/health")
    static let access = Access.anyone
    static let summary = "Whether the system works; if not, the detail names what does not"

    /// How long a delivery may be overdue before the courier counts as down, in seconds.
    static let patience = 60

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
        let overdueSeconds: Double
        let dead: Int
        let unsweptOrganizations: Int
    }

    let database: Database
    let objects: StoredObjects

    init(_ environment: Environment) throws(Failure) {
        database = try Database(environment, as: .courier)
        objects = try StoredObjects(environment)
    }

    func handle(_ input: Input, from caller: Anyone) throws(Failure) -> Output {
        let checks = [blobStore] + databaseAndCourier
        let down = checks.filter { $0.status == "down" }
        guard down.isEmpty else {
            let sentences = down.map { "\($0.name): \($0.detail ?? "down")" }
            throw .unavailable(sentences.joined(separator: " "), retryAfter: 5, cause: down.map(\.name).joined(separator: ", "))
        }
        return Output(status: "ok", checks: checks)
    }

    private var blobStore: Check {
        let detail = canStore ? nil : "Recordings cannot be stored."
        return Check(name: "blob store", status: detail == nil ? "ok" : "down", detail: detail)
    }

    private var canStore: Bool {
        if case .local(let local) = objects.store { return local.isWritable }
        // That the store says whether something is there is enough.
        do { _ = try objects.find("health") } catch { return false }
        return true
    }

    private func sweeps(_ unswept: Int) -> Check {
        Check(
            name: "sweeps", status: unswept == 0 ? "ok" : "attention",
            detail: unswept == 0 ? nil : "The store could not be swept for \(unswept) organisations; SweepStore says why.")
    }

    private var databaseAndCourier: [Check] {
        do throws(Failure) {
            let backlog: Backlog? = try database.session.row(
                """
                SELECT coalesce(extract(epoch FROM now() - (SELECT min(run_at) FROM delivery WHERE state = 'ready')), 0)
                        AS overdue_seconds,
                    (SELECT count(*) FROM delivery WHERE state = 'dead') AS dead,
                    unswept_organizations()
                """)
            let overdue = Int(backlog?.overdueSeconds ?? 0)
            let dead = backlog?.dead ?? 0
            let isLate = overdue > Self.patience
            return [
                Check(name: "database", status: "ok", detail: nil),
                Check(
                    name: "courier", status: isLate ? "down" : "ok",
                    detail: isLate ? "A delivery is overdue by \(overdue) seconds." : nil),
                Check(
                    name: "dead letters", status: dead == 0 ? "ok" : "attention",
                    detail: dead == 0 ? nil : "\(dead) deliveries were given up; see DeadLetters list."),
                sweeps(backlog?.unsweptOrganizations ?? 0),
            ]
        } catch {
            return [Check(name: "database", status: "down", detail: "It cannot be reached.")]
        }
    }
}
