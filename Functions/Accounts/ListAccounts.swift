import Endpoint
import Identity
import Postgres
import Validation

/// Lists who works for the organisation, by name: those who can be asked to review.
@main struct ListAccounts: Endpoint {
    static let route = Route.get("/api/accounts")
    static let access = Access.recruiter
    static let summary = "List who works for the organisation"

    struct Input: Decodable {}

    struct Output: Codable {
        let accounts: [Account]
    }

    struct Account: Codable {
        let id: Identifier
        let name: String
        let role: User.Role
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> Output {
        Output(accounts: try caller.database.rows("SELECT id, name, role FROM account WHERE deactivated_at IS NULL ORDER BY lower(name), id"))
    }
}
