import Endpoint
import Identity
import JSON
import Media
import Postgres
import Storage
import StoredObjects
import Validation

/// Measures what a device check recorded, says what is wrong with it, and removes it.
@main struct FinishDeviceCheck: Endpoint {
    static let route = Route.post("/api/candidate/interview/{token}/device-check/result")
    static let access = Access.candidate
    static let summary = "What a device check shows"
    static let failures: [Failure.Code] = [.notFound, .checksumMismatch]
    static let limits = Limits(workers: 2)

    struct Input: Decodable {
        let checkId: Identifier
    }

    struct Output: Codable {
        let durationSeconds: Double
        let video: Clip.Picture?
        let audio: Clip.Sound?
        /// Empty when all is well.
        let problems: [ClipProblem]
    }

    /// What ``BeginDeviceCheck`` grants at most.
    private static let mostBytes = 32 << 20

    private struct Check: Decodable {
        let key: String
        let mimeType: String
        let isExpired: Bool
        let isStored: Bool
        let verdict: Output?
    }

    private struct Saved: Decodable {
        let verdict: Output
    }

    let objects: StoredObjects

    init(_ environment: Environment) throws(Failure) { objects = try StoredObjects(environment) }

    func handle(_ input: Input, from caller: Candidate) throws(Failure) -> Output {
        let check: Check? = try caller.database.row(
            """
            SELECT key, mime_type, expires_at <= now() AS is_expired, verdict,
                EXISTS (SELECT FROM blob WHERE blob.key = device_check.key) AS is_stored
            FROM device_check WHERE id = \(input.checkId) AND async_interview_id = caller_interview()
            """)
        guard let check else { throw .notFound("device check") }
        if let verdict = check.verdict { return verdict }
        guard try isStored(check, caller.database) else {
            throw check.isExpired
                ? .gone("This test was not uploaded in time. Make another one.")
                : .conflict("The test's recording has not arrived yet.")
        }
        let measured = try objects.withFile(of: check.key) { path throws(Failure) in try measure(path) }
        let verdict = try save(measured, of: input.checkId, check.key, caller)
        // Should this fail, the check's expiry removes it.
        try objects.discard(check.key)
        return verdict
    }

    /// A remote store is asked where it has not told.
    private func isStored(_ check: Check, _ session: Session) throws(Failure) -> Bool {
        if check.isStored { return true }
        guard objects.store.isRemote else { return false }
        return try objects.confirm(check.key, contentType: check.mimeType, most: Self.mostBytes, in: session) != nil
    }

    private func measure(_ path: String) throws(Failure) -> Output {
        do throws(Clip.Fault) {
            let clip = try Clip(measuring: path)
            return Output(
                durationSeconds: clip.durationSeconds, video: clip.picture, audio: clip.sound, problems: clip.problems)
        } catch .unreadable {
            return Output(durationSeconds: 0, video: nil, audio: nil, problems: [.unreadable])
        } catch {
            throw .unavailable("The test could not be looked at. Please try again.", cause: "\(error)")
        }
    }

    /// Keeps the verdict; when two ask at once, the first one's.
    private func save(
        _ verdict: Output, of id: Identifier, _ key: String, _ caller: Candidate
    ) throws(Failure) -> Output {
        let data: JSON
        do { data = try JSON(encoding: verdict) } catch { throw .internal("\(error)") }
        return try caller.database.transaction { transaction throws(Failure) in
            let saved: Saved? = try transaction.row(
                "UPDATE device_check SET verdict = coalesce(verdict, \(data)) WHERE id = \(id) RETURNING verdict")
            guard let saved else { throw .notFound("device check") }
            transaction.queue("DELETE FROM blob WHERE key = \(key)")
            return saved.verdict
        }
    }
}
