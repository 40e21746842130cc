public import Validation

/// A store that may have more of an object than what is found at its key: what was deleted or written over, or parts of an
/// upload. Each has to go by itself.
public protocol VersionedStore: RemoteStore {
    /// - Parameter cursor: the page before this one, as its `next` has it; nil for the first.
    func listVersions(of key: String, after cursor: String?, expires: Int, now: Timestamp) -> SignedRequest
    /// What a page has of the key, from the answer to ``listVersions(of:after:expires:now:)``; nil for an answer that is
    /// none or was cut.
    func versions(of key: String, in answer: [UInt8]) -> StorePage<StoredVersion>?
    /// To have it removed, one request after the other; none for what only time removes.
    func remove(_ version: StoredVersion, of key: String, expires: Int, now: Timestamp) -> [SignedRequest]
}

/// Something that a store has of an object.
public enum StoredVersion: Sendable, Equatable {
    /// What is found at the key.
    case current
    /// What was found there before, or the mark of a deletion, by its name.
    case earlier(String)
    /// A copy that somebody had made, by the time that is its name.
    case snapshot(String)
    /// Parts of an upload that has not ended.
    case parts
    /// What was deleted, and is kept for a while by the store's own settings.
    case kept
}

/// Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectVersions.html
extension S3: VersionedStore {
    public func listVersions(of key: String, after cursor: String?, expires: Int, now: Timestamp) -> SignedRequest {
        let query = [(name: "versions", value: ""), (name: "prefix", value: key)] + marks(in: cursor, "version-id-marker")
        return SignedRequest("GET", presign("GET", "", query: query, expires: expires, now: now))
    }

    public func versions(of key: String, in answer: [UInt8]) -> StorePage<StoredVersion>? {
        let keys = Markup.texts(of: "Key", in: answer), names = Markup.texts(of: "VersionId", in: answer)
        guard Markup.isWhole("ListVersionsResult", answer), keys.count == names.count,
            let next = next("NextKeyMarker", "NextVersionIdMarker", in: answer)
        else { return nil }
        return StorePage(items: zip(keys, names).filter { $0.0 == key }.map { .earlier($0.1) }, next: next)
    }

    public func remove(_ version: StoredVersion, of key: String, expires: Int, now: Timestamp) -> [SignedRequest] {
        guard case .earlier(let name) = version else { return [] }
        return [SignedRequest("DELETE", presign("DELETE", key, query: [("versionId", name)], expires: expires, now: now))]
    }
}

/// Versions and snapshots where the account or somebody makes them, blocks that no blob was made of, and what soft delete
/// keeps.
/// Source: https://learn.microsoft.com/rest/api/storageservices/delete-blob
extension AzureBlob: VersionedStore {
    public func listVersions(of key: String, after cursor: String?, expires: Int, now: Timestamp) -> SignedRequest {
        enumerate(key, include: "versions,snapshots,uncommittedblobs,deleted", after: cursor, expires: expires, now: now)
    }

    public func versions(of key: String, in answer: [UInt8]) -> StorePage<StoredVersion>? {
        guard Markup.isWhole("EnumerationResults", answer) else { return nil }
        let found = Markup.elements("Blob", in: answer).filter { Markup.text(of: "Name", in: $0) == key }
        return StorePage(items: found.map(Self.version), next: Markup.text(of: "NextMarker", in: answer))
    }

    public func remove(_ version: StoredVersion, of key: String, expires: Int, now: Timestamp) -> [SignedRequest] {
        switch version {
        case .current: [delete(key, expires: expires, now: now)]
        case .earlier(let time): [delete(key, .deleteVersion, .version(time), expires: expires, now: now)]
        case .snapshot(let time): [delete(key, .delete, .snapshot(time), expires: expires, now: now)]
        case .parts: removeParts(of: PartialUpload(key: key, name: ""), expires: expires, now: now)
        case .kept: []
        }
    }

    private func delete(_ key: String, _ permission: Permissions, _ edition: Edition, expires: Int, now: Timestamp) -> SignedRequest {
        let url = presign(permission, key, edition: edition, expires: expires, now: now)
        return SignedRequest("DELETE", url, headers: [("x-ms-version", Self.version)])
    }

    private static func version(_ element: [UInt8]) -> StoredVersion {
        if Markup.text(of: "Deleted", in: element) == "true" { return .kept }
        if let time = Markup.text(of: "Snapshot", in: element) { return .snapshot(time) }
        let isCurrent = Markup.text(of: "IsCurrentVersion", in: element) == "true"
        if let time = Markup.text(of: "VersionId", in: element), !isCurrent { return .earlier(time) }
        // What has only blocks is listed as an empty blob.
        return Markup.text(of: "Content-Length", in: element) == "0" ? .parts : .current
    }
}
