import Endpoint
import Events
import POSIX
import Postgres
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

    /// Seconds that a listing may take before it goes on with the next sweep.
    private static let patience = 60

    struct Input: Decodable {
        /// The plan that foresaw it.
        let planId: Identifier
    }

    private struct Plan: Decodable {
        let organizationId: Identifier
        let listingCursor: String?
        let isListingDue: Bool
    }

    let objects: StoredObjects

    init(_ environment: Environment) throws(Failure) { objects = try StoredObjects(environment) }

    func handle(_ input: Input, from caller: Service) throws(Failure) -> Nothing {
        if try caller.isDone() { return Nothing() }
        let plan: Plan? = try caller.database.row(
            """
            SELECT organization_id, listing_cursor,
                listing_cursor IS NOT NULL OR coalesce(listed_at < now() - interval '1 day', true) AS is_listing_due
            FROM store_sweep WHERE plan_id = \(input.planId)
            """)
        // Another plan took its place.
        guard let plan else { return Nothing() }
        var sweep = Sweep(of: plan.organizationId, objects, caller.database)
        var progress = Progress(cursor: plan.listingCursor)
        do throws(Failure) {
            try sweep.askAboutGrants()
            if plan.isListingDue { try list(&sweep, &progress) }
        } catch {
            // A store that is down must not end the row of sweeps, as a dead letter would.
            progress.problem = error.cause ?? error.detail
            Log.write(.warning, "sweep", function: "SweepOrganization", detail: progress.problem)
        }
        try note(sweep.figures, progress, input.planId, caller)
        return Nothing()
    }

    private struct Progress {
        var cursor: String?
        var isListed = false
        var problem: String?
    }

    private func list(_ sweep: inout Sweep, _ progress: inout Progress) throws(Failure) {
        let end = Process.steadyClock + Self.patience * 1_000_000_000
        repeat {
            progress.cursor = try sweep.examine(after: progress.cursor)
        } while progress.cursor != nil && Process.steadyClock < end
        guard progress.cursor == nil else { return }
        try sweep.removeStaleUploads()
        progress.isListed = true
    }

    /// Of two that did the same sweep, one counts, and there is one next sweep.
    private func note(
        _ figures: SweepFigures, _ progress: Progress, _ plan: Identifier, _ caller: Service
    ) throws(Failure) {
        try caller.once { transaction throws(Failure) in
            let held = try transaction.execute(
                """
                UPDATE store_sweep SET swept_at = now(), problem = \(progress.problem), listing_cursor = \(progress.cursor),
                    listed_at = CASE WHEN \(progress.isListed) THEN now() ELSE listed_at END,
                    examined = examined + \(figures.examined), confirmed = confirmed + \(figures.confirmed),
                    refused = refused + \(figures.refused), orphans = orphans + \(figures.orphans),
                    orphan_bytes = orphan_bytes + \(figures.orphanBytes), stale_uploads = stale_uploads + \(figures.staleUploads)
                WHERE plan_id = \(plan)
                """)
            guard held == 1 else { return }
            transaction.queue("SELECT add_up_storage()")
            // Not all organisations at the same time; and at once where a listing goes on.
            let isUnderWay = progress.cursor != nil && progress.problem == nil
            let pause = isUnderWay ? 0 : Int.random(in: 3300...3900)
            transaction.queue("SELECT plan_sweep(\(Timestamp.now.adding(seconds: pause)))")
        }
    }
}
