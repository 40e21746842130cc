public import Endpoint
public import Identity
public import Postgres
public import Validation

/// Somebody's account as administrators see it.
public struct AccountRecord: Codable, Sendable {
    public let id: Identifier
    public let name: String
    public let email: String
    public let role: User.Role
    public let status: Status
    /// Until when the link to choose a password works; null when there is none.
    public let linkExpiresAt: Timestamp?
    /// Whether it is the caller's own.
    public let isOwn: Bool
    public let createdAt: Timestamp

    public enum Status: String, Choice {
        case active = "ACTIVE"
        /// Has not chosen a password yet.
        case invited = "INVITED"
        /// Cannot sign in; what its person did stays.
        case deactivated = "DEACTIVATED"
    }

    /// Everybody of the organisation, or one of them; those who are deactivated last.
    public static func query(_ id: Identifier? = nil) -> Statement {
        """
        SELECT a.id, a.name, a.email, a.role, a.created_at, a.id = caller_account() AS is_own,
            CASE WHEN a.deactivated_at IS NOT NULL THEN 'DEACTIVATED' WHEN a.has_joined THEN 'ACTIVE' ELSE 'INVITED' END AS status,
            (SELECT l.expires_at FROM password_link l WHERE l.account_id = a.id) AS link_expires_at
        FROM account a WHERE \(id)::uuid IS NULL OR a.id = \(id)
        ORDER BY a.deactivated_at IS NOT NULL, lower(a.name), a.id
        """
    }

    /// - Throws: `NOT_FOUND` when there is no such account in the organisation.
    public static func read(_ id: Identifier, _ transaction: Transaction) throws(Failure) -> AccountRecord {
        let found: AccountRecord? = try transaction.row(query(id))
        guard let found else { throw .notFound("account") }
        return found
    }
}
