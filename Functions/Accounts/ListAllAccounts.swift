import Accounts
import Endpoint
import Identity
import Postgres

/// Lists every account of the organisation with its address and status, for those who administer them.
@main struct ListAllAccounts: Endpoint {
    static let route = Route.get("/api/accounts/all")
    static let access = Access.administrator
    static let summary = "List every account of the organisation"

    struct Input: Decodable {}

    struct Output: Codable {
        /// By name; those who are deactivated last.
        let accounts: [AccountRecord]
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> Output {
        Output(accounts: try caller.database.rows(AccountRecord.query()))
    }
}
