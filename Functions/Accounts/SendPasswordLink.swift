import Accounts
import Endpoint
import Identity
import Postgres
import Validation

/// Mails a new link to choose a password: to whoever has not joined yet or has forgotten theirs. The
/// link before works no longer; the password does until another is chosen.
@main struct SendPasswordLink: Endpoint {
    static let route = Route.post("/api/accounts/{id}/password-link")
    static let access = Access.administrator
    static let summary = "Mail a colleague a link to choose a password"
    static let failures: [Failure.Code] = [.notFound, .conflict]

    struct Input: Decodable {
        let id: Identifier
    }

    let links: PasswordLinks

    init(_ environment: Environment) throws(Failure) { links = try PasswordLinks(environment) }

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> AccountRecord {
        try caller.database.transaction { transaction throws(Failure) in
            let account = try AccountRecord.read(input.id, transaction)
            guard account.status != .deactivated else {
                throw .conflict("This account is deactivated. Let it in again first.")
            }
            links.send(to: input.id, transaction)
            return try .read(input.id, transaction)
        }
    }
}
