import DeviceChecks
import Endpoint
import Identity
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

    let objects: StoredObjects

    init(_ environment: Environment) throws(Failure) { objects = try StoredObjects(environment) }

    func handle(_ input: Input, from caller: Candidate) throws(Failure) -> DeviceCheckVerdict {
        let check = try DeviceCheck.read(input.checkId, caller.database)
        if let verdict = check.verdict { return verdict }
        guard try isStored(check, caller.database) else { throw check.absence }
        let measured = try objects.withFile(of: check.key) { path throws(Failure) in try DeviceCheckVerdict(measuring: path) }
        let verdict = try check.save(measured, caller.database)
        // Should this fail, the check's expiry removes it.
        try objects.discard(check.key)
        try check.forget(caller.database)
        return verdict
    }

    /// A remote store is asked where it has not told.
    private func isStored(_ check: DeviceCheck, _ session: Session) throws(Failure) -> Bool {
        if check.isStored { return true }
        guard objects.store.isRemote else { return false }
        return try objects.confirm(check.key, contentType: check.mimeType, most: DeviceCheck.mostBytes, in: session) != nil
    }
}
