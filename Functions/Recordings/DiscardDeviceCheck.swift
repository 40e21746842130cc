import Endpoint
import Events
import Postgres
import StoredObjects
import Validation

/// Removes what was uploaded for a device check that nobody asked about.
@main struct DiscardDeviceCheck: Endpoint {
    static let route = Route.post("/api/webhooks/device-checks")
    static let access = Access.event(.deviceCheckExpired)
    static let summary = "Remove a device check that expired"
    static let success = Success.noContent
    static let failures: [Failure.Code] = [.notFound]

    struct Input: Decodable {
        let checkId: Identifier
    }

    private struct Check: Decodable {
        let key: String
        let isExpired: Bool
    }

    let objects: StoredObjects

    init(_ environment: Environment) throws(Failure) { objects = try StoredObjects(environment) }

    func handle(_ input: Input, from caller: Service) throws(Failure) -> Nothing {
        try caller.once { transaction throws(Failure) in
            // A store that is not ours may take its time.
            transaction.queue("SET LOCAL idle_in_transaction_session_timeout = '60s'")
            let check: Check? = try transaction.row(
                "SELECT key, expires_at <= now() AS is_expired FROM device_check WHERE id = \(input.checkId)")
            guard let check else { throw .notFound("device check") }
            if check.isExpired {
                transaction.queue("DELETE FROM blob WHERE key = \(check.key)")
                try objects.discard(check.key)
            } else {
                // It came early; the check may still be uploaded.
                transaction.queue(
                    """
                    SELECT emit('device-check.expired', jsonb_build_object('checkId', id), expires_at)
                    FROM device_check WHERE id = \(input.checkId)
                    """)
            }
        }
        return Nothing()
    }
}
