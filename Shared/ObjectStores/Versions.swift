public import Validation

/// A store that may keep what was deleted or written over: deleting hides it then, and its versions have to go one by one.
public protocol VersionedStore: RemoteStore {
    func listVersions(of key: String, expires: Int, now: Timestamp) -> SignedRequest
    /// The names of a key's versions, those that mark a deletion included, from the answer to
    /// ``listVersions(of:expires:now:)``.
    func versions(of key: String, in answer: [UInt8]) -> [String]
    func delete(_ key: String, version: String, expires: Int, now: Timestamp) -> SignedRequest
}

/// Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectVersions.html
extension S3: VersionedStore {
    public func listVersions(of key: String, expires: Int, now: Timestamp) -> SignedRequest {
        SignedRequest("GET", presign("GET", "", query: [("versions", ""), ("prefix", key)], expires: expires, now: now))
    }

    public func versions(of key: String, in answer: [UInt8]) -> [String] {
        zip(Markup.texts(of: "Key", in: answer), Markup.texts(of: "VersionId", in: answer)).filter { $0.0 == key }.map(\.1)
    }

    public func delete(_ key: String, version: String, expires: Int, now: Timestamp) -> SignedRequest {
        SignedRequest("DELETE", presign("DELETE", key, query: [("versionId", version)], expires: expires, now: now))
    }
}
