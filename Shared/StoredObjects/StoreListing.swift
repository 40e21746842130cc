public import Endpoint
import Network
public import ObjectStores
import POSIX
import Storage
public import Validation

/// What a store has below an organisation's keys. Nothing outside of them is ever looked at: a bucket may be shared.
extension StoredObjects {
    /// - Parameter cursor: `next` of the page before; nil for the first.
    public func objects(of organization: Identifier, after cursor: String?) throws(Failure) -> StorePage<ListedObject> {
        switch store {
        case .local(let local): return try local.objects(of: organization, after: cursor)
        case .remote(let remote):
            let reply = try send(remote.list("\(organization)/", after: cursor, expires: Self.lifetime, now: .now))
            guard reply.status == 200, let page = remote.page(in: reply.body) else { throw refused(reply) }
            return page
        }
    }

    /// Uploads in parts that began and did not end.
    public func uploads(of organization: Identifier, after cursor: String?) throws(Failure) -> StorePage<ListedUpload> {
        switch store {
        case .local(let local): return StorePage(items: try local.uploads(of: organization), next: nil)
        case .remote(let remote):
            guard let request = remote.listUploads("\(organization)/", after: cursor, expires: Self.lifetime, now: .now) else {
                return StorePage(items: [], next: nil)
            }
            let reply = try send(request)
            guard reply.status == 200, let page = remote.uploadPage(in: reply.body) else { throw refused(reply) }
            return page
        }
    }

    /// Removes what arrived of such an upload. One that ended meanwhile is no failure.
    public func remove(_ upload: PartialUpload) throws(Failure) {
        switch store {
        case .local(let local): local.discardParts(of: upload.key)
        case .remote(let remote):
            for request in remote.removeParts(of: upload, expires: Self.lifetime, now: .now) {
                let reply = try send(request)
                // 409 and 412: there is an object now, which stays.
                if [409, 412].contains(reply.status) { return }
                guard [200, 201, 202, 204, 404].contains(reply.status) else { throw refused(reply) }
            }
        }
    }

    /// The local store's files that were received before then and never kept, as when nginx was killed.
    public func spooled(before: Timestamp) throws(Failure) -> [String] {
        guard case .local(let local) = store else { return [] }
        return try local.spooled(before: before)
    }

    public func removeSpooled(_ path: String) throws(Failure) {
        do { try File.remove(path) } catch { throw .unavailable("A file cannot be removed.", cause: error.description) }
    }
}
