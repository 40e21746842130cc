import Endpoint
import Events
import Postgres
import StoredObjects
import Validation

/// Removes what a deletion left in the blob store, and asks the store whether it is gone. What is not gone yet, or can
/// still be stored by somebody who was permitted to, is looked for again later, for as long as it takes.
@main struct EraseObjects: Endpoint {
    static let route = Route.post("/api/webhooks/deletions")
    static let access = Access.event(.deletionPlanned)
    static let summary = "Webhook: remove what a deletion left in the blob store"
    static let success = Success.noContent
    static let failures: [Failure.Code] = [.notFound]

    struct Input: Decodable {
        let deletionId: Identifier
    }

    private struct Object: Decodable {
        let id: Identifier
        let key: String
        let uploadName: String?
        /// Whether nobody can store it any more.
        let isSettled: Bool
    }

    /// How many are removed in one call.
    private static let most = 50

    let objects: StoredObjects

    init(_ environment: Environment) throws(Failure) { objects = try StoredObjects(environment) }

    func handle(_ input: Input, from caller: Service) throws(Failure) -> Nothing {
        if try caller.isDone() { return Nothing() }
        guard try caller.database.execute("SELECT FROM deletion WHERE id = \(input.deletionId)") == 1 else {
            throw .notFound("deletion")
        }
        for object in try left(of: input.deletionId, caller.database) { try erase(object, caller.database) }
        try caller.once { transaction throws(Failure) in comeBack(input.deletionId, transaction) }
        return Nothing()
    }

    /// The ones that were tried least come first, so that one that cannot go holds up no other.
    private func left(of deletion: Identifier, _ database: Session) throws(Failure) -> [Object] {
        try database.rows(
            """
            SELECT id, key, upload_name, storable_until <= now() OR \(objects.refusesWhatIsDeleted) AS is_settled FROM deleted_object
            WHERE deletion_id = \(deletion) AND gone_at IS NULL ORDER BY attempts, id LIMIT \(Self.most)::integer
            """)
    }

    /// Each is noted by itself: what is gone stays noted, whatever happens to the next.
    private func erase(_ object: Object, _ database: Session) throws(Failure) {
        let problem: String?
        do throws(Failure) {
            problem =
                switch try objects.erase(object.key, upload: object.uploadName) {
                case .gone: nil
                case .left: "The store still has it."
                case .kept: "The store keeps what was deleted for a time that its own settings say, and still has it."
                }
        } catch {
            problem = error.detail
        }
        // What another process saw gone meanwhile may be sealed.
        try database.execute(
            """
            UPDATE deleted_object SET attempts = attempts + 1, problem = \(problem),
                gone_at = CASE WHEN \(problem == nil && object.isSettled) THEN clock_timestamp() END
            WHERE id = \(object.id) AND gone_at IS NULL
            """)
    }

    /// Ends it with the last object. Otherwise plans the next look: at once for what was not tried yet, after the last
    /// permission for what may come again, and later with every failure, up to an hour.
    private func comeBack(_ deletion: Identifier, _ transaction: Transaction) {
        transaction.queue(
            """
            WITH waiting AS (
                SELECT CASE WHEN attempts = 0 THEN now()
                    WHEN problem IS NULL THEN greatest(storable_until, now() + interval '1 second')
                    ELSE now() + least(interval '1 hour', interval '5 seconds' * 2 ^ least(attempts, 10)) END AS due
                FROM deleted_object WHERE deletion_id = \(deletion) AND gone_at IS NULL),
            completed AS (
                UPDATE deletion SET completed_at = clock_timestamp()
                WHERE id = \(deletion) AND completed_at IS NULL AND NOT EXISTS (SELECT FROM waiting))
            SELECT emit('deletion.planned', jsonb_build_object('deletionId', \(deletion)::uuid), min(due))
            FROM waiting HAVING count(*) > 0
            """)
    }
}
