import Crypto
import Endpoint
import JSON
import POSIX
import Postgres
import Validation

/// Adds an organisation and its first person, who may do everything in it. The password comes on
/// standard input. An account that there is already keeps its organisation and gets the password.
///
///     AddOrganization --name "Northwind Labs" --email ada@northwind.example --person "Ada Example"
@main enum AddOrganization {
    private struct Ids: Codable {
        let organizationId: Identifier
        let recruiterId: Identifier
    }

    static func main() {
        guard let name = Command.option("name"), let text = Command.option("email"),
            let person = Command.option("person")
        else {
            Command.fail("usage: AddOrganization --name NAME --email ADDRESS --person NAME < password", status: 64)
        }
        guard let email = EmailAddress(text) else { Command.fail("--email: not an e-mail address", status: 65) }
        do {
            let password = String(decoding: try File.read(0, limit: 1024), as: UTF8.self)
                .split(separator: "\n", omittingEmptySubsequences: false).first.map(String.init) ?? ""
            guard password.count >= 12 else { Command.fail("The password needs at least 12 characters.", status: 65) }
            let database = try Database(Environment.read(), as: .admin)
            let hash = try Password.hash(password)
            let ids: Ids? = try database.session.row(
                """
                WITH known AS (
                    UPDATE account SET password_hash = \(hash) WHERE lower(email) = lower(\(email))
                    RETURNING organization_id, id),
                added AS (
                    INSERT INTO organization (name) SELECT \(name) WHERE NOT EXISTS (SELECT FROM known) RETURNING id),
                person AS (
                    INSERT INTO account (organization_id, email, name, role, password_hash)
                    SELECT id, \(email), \(person), 'ADMIN', \(hash) FROM added
                    RETURNING organization_id, id)
                SELECT organization_id, id AS recruiter_id FROM known
                UNION ALL SELECT organization_id, id FROM person
                """)
            print(String(decoding: try JSON.text(of: ids), as: UTF8.self))
        } catch let failure as Failure {
            Command.fail("AddOrganization: \(failure.cause ?? failure.detail)")
        } catch {
            Command.fail("AddOrganization: \(error)")
        }
    }
}
