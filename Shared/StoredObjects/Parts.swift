public import Endpoint
import Network
public import ObjectStores
public import Postgres
public import Storage
import Validation

/// Uploads in parts to a remote store.
extension StoredObjects {
    /// Begins one.
    public func beginParts(_ key: String, contentType: String) throws(Failure) -> PartialUpload {
        let store = try remote()
        guard let request = store.beginParts(key, contentType: contentType, expires: Self.lifetime, now: .now) else {
            return PartialUpload(key: key, name: "")
        }
        let reply = try send(request)
        guard reply.status == 200, let name = store.uploadName(in: reply.body) else { throw refused(reply) }
        return PartialUpload(key: key, name: name)
    }

    /// What has arrived, in order; nil when the store knows no such upload.
    func parts(of upload: PartialUpload, in session: Session) throws(Failure) -> [StoredPart]? {
        let store = try remote()
        guard let request = store.listParts(of: upload, expires: Self.lifetime, now: .now) else {
            return try RemoteUpload.notedParts(of: upload, session)
        }
        let reply = try send(request)
        if reply.status == 404 { return nil }
        guard reply.status == 200 else { throw refused(reply) }
        return store.parts(in: reply.body)
    }

    /// Makes an object of the parts. One that an earlier request made, whose answer was lost, is no failure.
    /// - Parameter session: where it is kept what the object must be, before anybody believes that it is there.
    public func completeParts(of upload: RemoteUpload, _ parts: [StoredPart], in session: Session) throws(Failure) {
        let store = try remote(), partial = upload.partial
        try session.execute(
            "UPDATE recording SET granted_bytes = \(parts.reduce(0) { $0 + $1.size }) WHERE video_key = \(partial.key)")
        let reply = try send(
            store.completeParts(of: partial, parts, contentType: upload.contentType, expires: Self.lifetime, now: .now))
        // S3 may find out that it failed after it has said 200.
        let isError = String(decoding: reply.body, as: UTF8.self).contains("<Error>")
        guard [200, 201].contains(reply.status), !isError else {
            if try find(partial.key) == nil { throw refused(reply) }
            return
        }
        guard let tag = store.tag(ofCompleted: reply.body, { reply.headers[$0] }) else { return }
        try session.execute("UPDATE recording SET etag = \(tag.text) WHERE video_key = \(partial.key) AND etag IS NULL")
    }

    /// Has the parts of an upload removed. One that is over is no failure.
    public func abandonParts(of upload: PartialUpload) throws(Failure) {
        guard let request = try remote().abandonParts(of: upload, expires: Self.lifetime, now: .now) else { return }
        let reply = try send(request)
        guard [200, 204, 404].contains(reply.status) else { throw refused(reply) }
    }

    /// Removes what has arrived of an upload, wherever it goes.
    /// - Parameter uploadName: as a remote store named it; nil where none did.
    public func discardParts(of key: String, uploadName: String?) throws(Failure) {
        if case .local(let store) = store { return store.discardParts(of: key) }
        if let uploadName { try abandonParts(of: PartialUpload(key: key, name: uploadName)) }
    }

    private func remote() throws(Failure) -> any RemoteStore {
        guard case .remote(let store) = store else { throw .internal("the local store takes parts by tus alone") }
        return store
    }
}
