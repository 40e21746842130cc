public import Endpoint
import Network
import ObjectStores
import Storage
import Validation

extension StoredObjects {
    /// More of one object than this times a page of a list is removed another time.
    private static let rounds = 10

    /// What came of erasing.
    public enum Erasure: Sendable {
        /// The store says that there is nothing any more.
        case gone
        /// There still is something.
        case left
        /// There still is what was deleted: the store's own settings keep it for a time.
        case kept
    }

    /// Whether the store refuses what is stored with a permission for something that was deleted since. A remote store
    /// honours what it signed, and knows nothing of deletions.
    public var refusesWhatIsDeleted: Bool { !store.isRemote }

    /// Removes an object, with versions and snapshots of it that the store keeps, as far as it lets us. One that is not there is
    /// no failure.
    public func discard(_ key: String) throws(Failure) {
        switch store {
        case .local(let local): try local.discard(key)
        case .remote(let remote):
            try removeCurrent(key, from: remote)
            do throws(Failure) { _ = try eraseVersions(of: key, in: remote) } catch {
                // What it was for goes on without it: a bucket may be set to keep versions for good.
                Log.write(.warning, "versions stay", function: "StoredObjects", detail: error.cause ?? error.detail)
            }
        }
    }

    /// Removes all that the store has of an object: itself, versions and snapshots that it keeps, parts of an upload.
    ///
    /// - Parameter upload: the upload in parts, as the store named it, if there was one.
    public func erase(_ key: String, upload: String?) throws(Failure) -> Erasure {
        switch store {
        case .local(let local):
            try local.erase(key)
            return local.holds(key) ? .left : .gone
        case .remote(let remote):
            if let upload { try abandonParts(of: PartialUpload(key: key, name: upload)) }
            try removeCurrent(key, from: remote)
            let outcome = try eraseVersions(of: key, in: remote)
            guard case .gone = outcome else { return outcome }
            return try find(key) == nil ? .gone : .left
        }
    }

    private func removeCurrent(_ key: String, from store: any RemoteStore) throws(Failure) {
        let reply = try send(store.delete(key, expires: Self.lifetime, now: .now))
        guard [200, 202, 204, 404].contains(reply.status) else { throw refused(reply) }
    }

    /// Where versions are kept, deleting only hid what was there.
    private func eraseVersions(of key: String, in store: any RemoteStore) throws(Failure) -> Erasure {
        guard let store = store as? any VersionedStore else { return .gone }
        var before: [StoredVersion] = []
        var failure: Failure?
        for _ in 1...Self.rounds {
            let found = try versions(of: key, in: store)
            if found.isEmpty { return .gone }
            // Some stores say that they failed and did it all the same.
            if let failure, found == before { throw failure }
            let removable = found.filter { $0 != .kept }
            if removable.isEmpty { return .kept }
            (before, failure) = (found, nil)
            do throws(Failure) { for version in removable { try remove(version, of: key, from: store) } } catch { failure = error }
        }
        return .left
    }

    private func versions(of key: String, in store: any VersionedStore) throws(Failure) -> [StoredVersion] {
        var found: [StoredVersion] = []
        var cursor: String?
        repeat {
            let reply = try send(store.listVersions(of: key, after: cursor, expires: Self.lifetime, now: .now))
            // What the store does not know how to list it does not keep.
            if reply.status == 501 { return [] }
            guard reply.status == 200, let page = store.versions(of: key, in: reply.body) else { throw refused(reply) }
            found += page.items
            cursor = page.next
        } while cursor != nil
        return found
    }

    private func remove(_ version: StoredVersion, of key: String, from store: any VersionedStore) throws(Failure) {
        for request in store.remove(version, of: key, expires: Self.lifetime, now: .now) {
            let reply = try send(request)
            // Parts that became an object meanwhile are removed as such.
            if version == .parts, [409, 412].contains(reply.status) { continue }
            guard [200, 201, 202, 204, 404].contains(reply.status) else { throw refused(reply) }
        }
    }
}
