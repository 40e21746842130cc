import Accounts
import Endpoint
import Postgres
import Validation

/// Tells whoever holds a link whose password it is for.
@main struct ShowPasswordLink: Endpoint {
    static let route = Route.get("/api/password-links/{token}")
    static let access = Access.anyone
    static let summary = "Whose password a link is for"
    static let failures: [Failure.Code] = [.gone]

    struct Input: Decodable {
        let token: Text<1, 100>
    }

    struct Output: Codable {
        let name: String
        let email: String
        let organization: String
        /// Whether there is a password already, which the new one takes the place of.
        let hasJoined: Bool
    }

    let database: Database

    init(_ environment: Environment) throws(Failure) { database = try Database(environment, as: .anyone) }

    func handle(_ input: Input, from caller: Anyone) throws(Failure) -> Output {
        let output: Output? = try database.session.row(
            "SELECT * FROM password_link_account(\(PasswordLinks.hash(input.token.value)))")
        guard let output else {
            throw .gone("This link was used or has expired. Ask an administrator of your organisation for a new one.")
        }
        return output
    }
}
