public import Endpoint
import Network
import ObjectStores
import Storage
import Validation

extension StoredObjects {
    /// More versions of one object than this times a page of a list are removed another time.
    private static let rounds = 10

    /// Whether the store refuses what is stored with a permission for something that was deleted since. A remote store
    /// honours what it signed, and knows nothing of deletions.
    public var refusesWhatIsDeleted: Bool { !store.isRemote }

    /// Removes all that the store has of an object: itself, versions that it keeps, parts of an upload.
    ///
    /// - Parameter upload: the upload in parts, as the store named it, if there was one.
    /// - Returns: whether the store says that there is nothing any more.
    public func erase(_ key: String, upload: String?) throws(Failure) -> Bool {
        switch store {
        case .local(let local):
            try local.erase(key)
            return !local.holds(key)
        case .remote(let remote):
            if let upload { try abandonParts(of: PartialUpload(key: key, name: upload)) }
            try discard(key)
            if let versioned = remote as? any VersionedStore {
                guard try eraseVersions(of: key, in: versioned) else { return false }
            }
            return try find(key) == nil
        }
    }

    /// - Returns: whether no version is left.
    private func eraseVersions(of key: String, in store: any VersionedStore) throws(Failure) -> Bool {
        for _ in 1...Self.rounds {
            let reply = try send(store.listVersions(of: key, expires: Self.lifetime, now: .now))
            // What the store does not know how to list it does not keep.
            if reply.status == 501 { return true }
            guard reply.status == 200 else { throw refused(reply) }
            let versions = store.versions(of: key, in: reply.body)
            if versions.isEmpty { return true }
            for version in versions {
                let reply = try send(store.delete(key, version: version, expires: Self.lifetime, now: .now))
                guard [200, 204, 404].contains(reply.status) else { throw refused(reply) }
            }
        }
        return false
    }
}
