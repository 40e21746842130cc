import Deletion
import Endpoint
import Identity
import Postgres
import Validation

/// Lists what was deleted for good, newest first.
@main struct ListDeletions: Endpoint {
    static let route = Route.get("/api/deletions")
    static let access = Access.recruiter
    static let summary = "List deletions"

    struct Input: Decodable {
        let cursor: Cursor?
        let limit: Whole<1, 100>?
    }

    struct Output: Codable {
        let deletions: [DeletionRecord]
        /// For the next page; null on the last one.
        let nextCursor: Cursor?
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> Output {
        let size = input.limit?.value ?? 25
        let found: [DeletionRecord] = try caller.database.rows(
            """
            SELECT * FROM shown_deletion
            WHERE \(input.cursor?.moment)::timestamptz IS NULL
                OR (requested_at, id) < (\(input.cursor?.moment), \(input.cursor?.id)::uuid)
            ORDER BY requested_at DESC, id DESC LIMIT \(size + 1)::integer
            """)
        let (page, next) = Cursor.page(found, of: size) { Cursor($0.requestedAt, $0.id) }
        return Output(deletions: page, nextCursor: next)
    }
}
