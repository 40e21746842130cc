import Endpoint
import Identity
import Postgres
import Storage
import Validation

/// How much room the organisation's recordings and resumes take, and what sweeps of the store came upon.
@main struct ShowStorage: Endpoint {
    static let route = Route.get("/api/storage")
    static let access = Access.recruiter
    static let summary = "How much room recordings and resumes take"

    struct Input: Decodable {}

    struct Output: Codable {
        let usedBytes: Int
        /// Uploads beyond it are refused; null for no limit.
        let quotaBytes: Int?
        let sweeps: Sweeps
    }

    /// What came of all sweeps of the store together.
    struct Sweeps: Codable {
        let dueAt: Timestamp
        /// Null before the first one.
        let sweptAt: Timestamp?
        /// When the whole store was gone through last.
        let listedAt: Timestamp?
        /// Whether the last one could not be done.
        let hasProblem: Bool
        /// Recordings that had arrived without anybody telling of it.
        let confirmed: Int
        /// Of what had arrived so, what was not what was granted, and was removed.
        let refused: Int
        /// Objects that belonged to nothing any more, and were removed.
        let orphans: Int
        let orphanBytes: Int
        /// Uploads that were never finished, and were removed.
        let staleUploads: Int
    }

    let quota: StorageQuota

    init(_ environment: Environment) throws(Failure) { quota = try StorageQuota(environment) }

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> Output {
        let output: Output? = try caller.database.row(
            """
            SELECT used_storage() AS used_bytes, storage_quota(\(quota.standard)) AS quota_bytes, jsonb_build_object(
                'dueAt', due_at, 'sweptAt', swept_at, 'listedAt', listed_at, 'hasProblem', problem IS NOT NULL,
                'confirmed', confirmed, 'refused', refused, 'orphans', orphans, 'orphanBytes', orphan_bytes,
                'staleUploads', stale_uploads) AS sweeps
            FROM store_sweep
            """)
        guard let output else { throw .internal("an organisation without a plan for sweeping") }
        return output
    }
}
