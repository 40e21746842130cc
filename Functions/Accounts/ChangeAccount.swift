import Accounts
import Endpoint
import Identity
import Postgres
import Validation

/// Gives an account another role, deactivates it or lets it in again. A deactivated account is signed
/// out everywhere at once; what its person did stays.
@main struct ChangeAccount: Endpoint {
    static let route = Route.patch("/api/accounts/{id}")
    static let access = Access.administrator
    static let summary = "Change an account's role, deactivate or reactivate it"
    static let failures: [Failure.Code] = [.notFound, .conflict]

    struct Input: Decodable {
        let id: Identifier
        let role: User.Role?
        let isActive: Bool?
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> AccountRecord {
        try caller.database.transaction { transaction throws(Failure) in
            _ = try AccountRecord.read(input.id, transaction)
            guard input.role != nil || input.isActive != nil else {
                throw .invalid("", "must change something")
            }
            transaction.queue(
                """
                UPDATE account SET role = coalesce(\(input.role), role), deactivated_at = CASE
                    WHEN \(input.isActive)::boolean THEN NULL
                    WHEN NOT \(input.isActive)::boolean THEN coalesce(deactivated_at, now())
                    ELSE deactivated_at END
                WHERE id = \(input.id)
                """)
            return try .read(input.id, transaction)
        }
    }
}
