import Endpoint
import Events
import StoredObjects
import Sweeping
import Validation

/// Sweeps an organisation's part of the store, as it was planned, and plans the next sweep: permissions are asked about every
/// hour, and the whole store is looked at every day.
@main struct SweepOrganization: Endpoint {
    static let route = Route.post("/api/webhooks/sweeps")
    static let access = Access.event(.sweepDue)
    static let summary = "Webhook: compare the store with what is known of it"
    static let success = Success.noContent
    /// Stores take their time.
    static let limits = Limits(workers: 2)

    struct Input: Decodable {
        /// The plan that foresaw it.
        let planId: Identifier
    }

    let objects: StoredObjects

    init(_ environment: Environment) throws(Failure) { objects = try StoredObjects(environment) }

    func handle(_ input: Input, from caller: Service) throws(Failure) -> Nothing {
        if try caller.isDone() { return Nothing() }
        guard let plan = try SweepPlan.read(input.planId, caller.database) else { return Nothing() }
        var sweep = Sweep(of: plan.organizationId, objects, caller.database)
        let progress = plan.carryOut(&sweep)
        if let problem = progress.problem { Log.write(.warning, "sweep", function: Self.name, detail: problem) }
        let figures = sweep.figures
        try caller.once { transaction throws(Failure) in try plan.note(figures, progress, transaction) }
        return Nothing()
    }
}
