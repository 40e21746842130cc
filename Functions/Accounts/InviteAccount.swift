import Accounts
import Endpoint
import Identity
import Postgres
import Validation

/// Adds an account for a colleague, who gets a mail with a link to choose a password.
@main struct InviteAccount: Endpoint {
    static let route = Route.post("/api/accounts")
    static let access = Access.administrator
    static let summary = "Invite a colleague"
    static let success = Success.created
    static let failures: [Failure.Code] = [.conflict]

    struct Input: Decodable {
        let name: Text<1, 200>
        /// What they sign in with.
        let email: EmailAddress
        let role: User.Role
    }

    private struct Created: Decodable {
        let id: Identifier
    }

    let links: PasswordLinks

    init(_ environment: Environment) throws(Failure) { links = try PasswordLinks(environment) }

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> AccountRecord {
        try caller.database.transaction { transaction throws(Failure) in
            let created: Created? = try transaction.row(
                """
                INSERT INTO account (organization_id, email, name, role)
                VALUES (caller_organization(), \(input.email), \(input.name), \(input.role))
                ON CONFLICT (lower(email)) DO NOTHING RETURNING id
                """)
            guard let created else { throw .conflict("There is an account with this e-mail address already.") }
            links.send(to: created.id, transaction)
            return try .read(created.id, transaction)
        }
    }
}
