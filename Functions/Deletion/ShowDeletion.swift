import Deletion
import Endpoint
import Identity
import Postgres
import Validation

/// The record of one deletion, to be kept: how much went, and of each object in the blob store when it was gone.
@main struct ShowDeletion: Endpoint {
    static let route = Route.get("/api/deletions/{id}")
    static let access = Access.recruiter
    static let summary = "Show the record of a deletion"
    static let failures: [Failure.Code] = [.notFound]

    struct Input: Decodable {
        let id: Identifier
    }

    struct Output: Codable {
        let deletion: DeletionRecord
        let objects: [Object]
        /// Null until the last object is gone.
        let seal: DeletionSeal?
    }

    struct Object: Codable {
        /// Where it was in the store: ids.
        let key: String
        /// Null where nothing had arrived as far as we knew.
        let sizeBytes: Int?
        let attempts: Int
        /// Why it could not be removed last time; null when it could.
        let problem: String?
        /// When the store said that there is nothing any more; null before.
        let goneAt: Timestamp?
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> Output {
        try caller.database.transaction { transaction throws(Failure) in
            let deletion: DeletionRecord? = try transaction.row("SELECT * FROM shown_deletion WHERE id = \(input.id)")
            guard let deletion else { throw .notFound("deletion") }
            return Output(
                deletion: deletion,
                objects: try transaction.rows(
                    "SELECT key, size_bytes, attempts, problem, gone_at FROM deleted_object WHERE deletion_id = \(input.id) ORDER BY id"),
                seal: try DeletionSeal.read(of: input.id, transaction))
        }
    }
}
