import Crypto
public import Endpoint
import Events
import Identity
import JSON
public import Postgres
public import Validation

/// The links by which people choose the password of their account. A token is 256 bits derived from
/// the link's id with the installation's secret, so that the mail can be written again while the
/// database has only its hash.
public struct PasswordLinks: Sendable {
    /// How long a link works, in seconds.
    public static let lifetime = 7 * 86_400

    private let key: [UInt8]
    private let baseURL: String

    public init(_ environment: Environment) throws(Failure) {
        key = try environment.key(for: "password link")
        baseURL = try environment.baseURL()
    }

    /// 43 characters of base64url.
    private func token(of link: Identifier) -> String { Base64URL.encode(HMACSHA256.sign(link.description.utf8, key: key)) }

    /// The address that the mail names. What follows `#` is not sent to any server, so no log has it.
    public func url(of link: Identifier) -> String { "\(baseURL)/password#\(token(of: link))" }

    /// What the database keeps of a token.
    public static func hash(_ token: String) -> [UInt8] { SHA256.hash(token.utf8) }

    /// Makes a link for an account, in the place of the one before, and has it mailed.
    public func send(to account: Identifier, _ transaction: Transaction) {
        let id = Identifier.new()
        let expires = Timestamp.now.adding(seconds: Self.lifetime)
        transaction.queue(
            """
            INSERT INTO password_link (id, organization_id, account_id, token_hash, expires_at)
            VALUES (\(id), caller_organization(), \(account), \(Self.hash(token(of: id))), \(expires))
            ON CONFLICT (account_id) DO UPDATE
            SET id = excluded.id, token_hash = excluded.token_hash, expires_at = excluded.expires_at
            """)
        transaction.emit(.passwordLinkMade, ["linkId": .string(id.description)])
    }
}
