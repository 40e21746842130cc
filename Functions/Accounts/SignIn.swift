import Crypto
import Endpoint
import Identity
import Postgres
import Validation

/// Signs a person in with an e-mail address and a password.
@main struct SignIn: Endpoint {
    static let route = Route.post("/api/auth/login")
    static let access = Access.anyone
    static let summary = "Sign in with an e-mail address and a password"
    static let failures: [Failure.Code] = [.authRequired, .rateLimited]

    struct Input: Decodable {
        let email: EmailAddress
        let password: Text<1, 200>
    }

    private struct Account: Decodable {
        let id: Identifier
        let passwordHash: String
    }

    let database: Database
    let isSecure: Bool

    init(_ environment: Environment) throws(Failure) {
        database = try Database(environment, as: .anyone)
        isSecure = try environment.baseURL().hasPrefix("https:")
    }

    func handle(_ input: Input, from caller: Anyone) throws(Failure) -> Sent<SignedIn> {
        let account: Account? = try database.session.row("SELECT * FROM sign_in_account(\(input.email))")
        guard try isRight(input.password.value, for: account), let account else {
            throw Failure(.authRequired, "The e-mail address or the password is wrong.")
        }
        return try SignedIn.open(for: account.id, database, isSecure: isSecure)
    }

    /// Takes the same time whether or not there is such an account.
    private func isRight(_ password: String, for account: Account?) throws(Failure) -> Bool {
        do {
            return try Password.verify(password, against: account?.passwordHash)
        } catch {
            throw .internal("\(error)")
        }
    }
}
