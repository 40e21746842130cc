import Accounts
import Crypto
import Endpoint
import Identity
import Postgres
import Validation

/// Sets the password that a link is for, once, and signs its person in. Sessions that were open before end.
@main struct SetPassword: Endpoint {
    static let route = Route.post("/api/password-links/{token}")
    static let access = Access.anyone
    static let summary = "Choose a password"
    static let failures: [Failure.Code] = [.gone]

    struct Input: Decodable {
        let token: Text<1, 100>
        let password: Text<12, 200>
    }

    private struct Link: Decodable {
        let email: String
    }

    private struct Account: Decodable {
        let id: Identifier
    }

    let database: Database
    let isSecure: Bool

    init(_ environment: Environment) throws(Failure) {
        database = try Database(environment, as: .anyone)
        isSecure = try environment.baseURL().hasPrefix("https:")
    }

    func handle(_ input: Input, from caller: Anyone) throws(Failure) -> Sent<SignedIn> {
        let hash = PasswordLinks.hash(input.token.value)
        // Hashing a password takes a while: not for whoever has no link.
        let link: Link? = try database.session.row("SELECT email FROM password_link_account(\(hash))")
        let password = link == nil ? "" : try Self.hash(input.password.value)
        let account: Account? = try database.session.transaction { transaction throws(Failure) in
            try transaction.row("SELECT id FROM set_password(\(hash), \(password))")
        }
        guard let account else { throw .internal("no row from a function") }
        return try SignedIn.open(for: account.id, database, isSecure: isSecure)
    }

    private static func hash(_ password: String) throws(Failure) -> String {
        do { return try Password.hash(password) } catch { throw .internal("\(error)") }
    }
}
