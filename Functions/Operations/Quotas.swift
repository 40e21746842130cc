import Endpoint
import JSON
import POSIX
import Postgres
import Storage
import Validation

/// Lists how much organisations keep and may keep, or says how much one may keep.
///
///     Quotas list
///     Quotas set ORGANIZATION BYTES
///     Quotas reset ORGANIZATION        to what PARLEY_QUOTA_BYTES grants everybody
@main enum Quotas {
    private struct Use: Codable {
        let organizationId: Identifier
        let name: String
        let usedBytes: Int
        /// Null for no limit.
        let quotaBytes: Int?
    }

    static func main() {
        let arguments = Array(CommandLine.arguments.dropFirst())
        do {
            let environment = Environment.read()
            let quota = try StorageQuota(environment)
            let session = try Database(environment, as: .admin).session
            switch (arguments.first, arguments.count) {
            case ("list", 1):
                for use in try list(quota, session) { print(String(decoding: try JSON.text(of: use), as: UTF8.self)) }
            case ("set", 3):
                guard let bytes = Int(arguments[2]), bytes >= 0 else {
                    Command.fail("Quotas: \(arguments[2]) is no number of bytes such as 50000000000", status: 65)
                }
                try set(bytes, of: arguments[1], session)
            case ("reset", 2): try set(nil, of: arguments[1], session)
            default: Command.fail("usage: Quotas list | set ORGANIZATION BYTES | reset ORGANIZATION", status: 64)
            }
        } catch let failure as Failure {
            Command.fail("Quotas: \(failure.cause ?? failure.detail)")
        } catch {
            Command.fail("Quotas: \(error)")
        }
    }

    private static func list(_ quota: StorageQuota, _ session: Session) throws(Failure) -> [Use] {
        try session.rows(
            """
            SELECT o.id AS organization_id, o.name, coalesce(u.quota_bytes, \(quota.standard)) AS quota_bytes,
                u.counted_bytes + (
                    SELECT coalesce(sum(bytes), 0)::bigint FROM storage_change c WHERE c.organization_id = o.id) AS used_bytes
            FROM organization o JOIN storage_use u ON u.organization_id = o.id ORDER BY o.name, o.id
            """)
    }

    private static func set(_ bytes: Int?, of organization: String, _ session: Session) throws(Failure) {
        guard let id = Identifier(organization) else { throw .invalid("", "\(organization) is no id of an organisation") }
        let found = try session.execute(
            "UPDATE storage_use SET quota_bytes = \(bytes) WHERE organization_id = \(id)")
        guard found == 1 else { throw .notFound("organisation") }
    }
}
