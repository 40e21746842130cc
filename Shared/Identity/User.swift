public import Endpoint
public import Postgres
public import Validation

/// A person who works for an organisation, as the pages show them.
public struct User: Codable, Sendable {
    public let id: Identifier
    public let name: String
    public let email: String
    public let role: Role
    public let organization: Organization

    public enum Role: String, Choice {
        case admin = "ADMIN"
        case recruiter = "RECRUITER"
    }

    public struct Organization: Codable, Sendable {
        public let id: Identifier
        public let name: String
    }

    /// The user on whose behalf `session` works.
    public static func signedIn(_ session: Session) throws(Failure) -> User? {
        try session.row(
            """
            SELECT a.id, a.name, a.email, a.role, jsonb_build_object('id', o.id, 'name', o.name) AS organization
            FROM account a JOIN organization o ON o.id = a.organization_id
            WHERE a.id = caller_account()
            """)
    }
}
