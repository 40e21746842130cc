import Crypto
public import Endpoint
public import Postgres
public import Validation

/// What somebody gets who has proved who they are.
public struct SignedIn: Codable {
    public let user: User

    /// Opens a session for an account, with the cookie that holds its token.
    /// - Parameters:
    ///   - database: as `anyone`.
    ///   - isSecure: whether the site is reached by https.
    public static func open(
        for account: Identifier, _ database: Database, isSecure: Bool
    ) throws(Failure) -> Sent<SignedIn> {
        let token = Base64URL.encode(SecureRandom.bytes(32))
        let hash = SHA256.hash(token.utf8)
        let expires = Timestamp.now.adding(seconds: SessionCookie.lifetime)
        try database.session.execute("SELECT open_session(\(account), \(hash), \(expires))")
        guard let user = try User.signedIn(database.session("SELECT recruiter_session(\(hash), '')")) else {
            throw .internal("an account without a profile")
        }
        return Sent(SignedIn(user: user), headers: [SessionCookie.header(token: token, isSecure: isSecure)])
    }
}
