public import Endpoint
import POSIX
public import Postgres
public import Validation

/// A sweep of one organisation that was planned. Permissions are asked about with every one, and the whole store is looked at
/// once a day, in as many sweeps as that takes.
public struct SweepPlan: Decodable {
    let planId: Identifier
    public let organizationId: Identifier
    let listingCursor: String?
    let isListingDue: Bool

    /// Seconds that a listing may take before it goes on with the next sweep.
    private static let patience = 60

    /// - Returns: nil when another plan took its place.
    public static func read(_ id: Identifier, _ session: Session) throws(Failure) -> SweepPlan? {
        try session.row(
            """
            SELECT plan_id, organization_id, listing_cursor,
                listing_cursor IS NOT NULL OR coalesce(listed_at < now() - interval '1 day', true) AS is_listing_due
            FROM store_sweep WHERE plan_id = \(id)
            """)
    }

    /// How far a sweep came.
    public struct Progress {
        var cursor: String?
        var isListed = false
        /// Why it ended early; nil when it did not.
        public internal(set) var problem: String?

        var isUnderWay: Bool { cursor != nil && problem == nil }
    }

    /// Does what is due, as far as the store allows.
    public func carryOut(_ sweep: inout Sweep) -> Progress {
        var progress = Progress(cursor: listingCursor)
        do throws(Failure) {
            try sweep.askAboutGrants()
            if isListingDue { try list(&sweep, &progress) }
        } catch {
            // A store that is down must not end the row of sweeps, as a dead letter would.
            progress.problem = error.cause ?? error.detail
            // A place that the store does not understand, as after another store was set, would be none the next time either.
            if progress.cursor == listingCursor { progress.cursor = nil }
        }
        return progress
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

    /// Notes what a sweep came upon and plans the next one. Of two that did the same sweep, one counts, and there is one next
    /// sweep.
    public func note(_ figures: SweepFigures, _ progress: Progress, _ transaction: Transaction) throws(Failure) {
        let held = try transaction.execute(
            """
            UPDATE store_sweep SET swept_at = now(), problem = \(progress.problem), listing_cursor = \(progress.cursor),
                listed_at = CASE WHEN \(progress.isListed) THEN now() ELSE listed_at END,
                examined = examined + \(figures.examined), confirmed = confirmed + \(figures.confirmed),
                refused = refused + \(figures.refused), orphans = orphans + \(figures.orphans),
                orphan_bytes = orphan_bytes + \(figures.orphanBytes), stale_uploads = stale_uploads + \(figures.staleUploads)
            WHERE plan_id = \(planId)
            """)
        guard held == 1 else { return }
        transaction.queue("SELECT add_up_storage()")
        // Not all organisations at the same time; and at once where a listing goes on.
        let pause = progress.isUnderWay ? 0 : Int.random(in: 3300...3900)
        transaction.queue("SELECT plan_sweep(\(Timestamp.now.adding(seconds: pause)))")
    }
}
