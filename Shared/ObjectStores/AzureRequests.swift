import Crypto
public import Validation

/// Blocks of a block blob: an upload in parts needs no beginning, and what was not put together within a week is removed.
/// Source: https://learn.microsoft.com/rest/api/storageservices/put-block-list
extension AzureBlob: RemoteStore {
    public var smallestPart: Int { 4 << 20 }

    public func head(_ key: String, expires: Int, now: Timestamp) -> SignedRequest {
        SignedRequest("HEAD", presign(.read, key, expires: expires, now: now), headers: versioned())
    }

    public func get(_ key: String, range: ClosedRange<Int>?, expires: Int, now: Timestamp) -> SignedRequest {
        SignedRequest("GET", presign(.read, key, expires: expires, now: now), headers: SignedRequest.range(range))
    }

    public func download(_ key: String, as name: String, expires: Int, now: Timestamp) -> String {
        presign(
            .read, key, contentType: "application/octet-stream", disposition: "attachment; filename=\"\(name)\"", expires: expires,
            now: now)
    }

    public func put(
        _ key: String, contentType: String, size: Int?, md5: ContentMD5?, expires: Int, now: Timestamp
    ) -> SignedRequest {
        let headers = [("Content-Type", contentType), ("x-ms-blob-type", "BlockBlob"), ("If-None-Match", "*")]
        return SignedRequest(
            "PUT", presign(.create, key, expires: expires, now: now), headers: headers + SignedRequest.digest(md5))
    }

    public func copy(_ key: String, to target: String, expires: Int, now: Timestamp) -> SignedRequest {
        let source = presign(.read, key, expires: expires, now: now)
        return SignedRequest(
            "PUT", presign(.create, target, expires: expires, now: now),
            headers: versioned([("x-ms-copy-source", source), ("x-ms-requires-sync", "true")]))
    }

    public func delete(_ key: String, expires: Int, now: Timestamp) -> SignedRequest {
        SignedRequest("DELETE", presign(.delete, key, expires: expires, now: now), headers: versioned())
    }

    public func beginParts(_ key: String, contentType: String, expires: Int, now: Timestamp) -> SignedRequest? { nil }

    public func uploadName(in answer: [UInt8]) -> String? { nil }

    public func putPart(
        _ number: Int, of upload: PartialUpload, size: Int, md5: ContentMD5?, expires: Int, now: Timestamp
    ) -> SignedRequest {
        let query = [(name: "comp", value: "block"), (name: "blockid", value: Self.blockName(number))]
        let url = presign(.create, upload.key, query: query, expires: expires, now: now)
        return SignedRequest("PUT", url, headers: SignedRequest.digest(md5))
    }

    public func listParts(of upload: PartialUpload, expires: Int, now: Timestamp) -> SignedRequest? {
        let query = [(name: "comp", value: "blocklist"), (name: "blocklisttype", value: "uncommitted")]
        return SignedRequest("GET", presign(.read, upload.key, query: query, expires: expires, now: now), headers: versioned())
    }

    public func parts(in answer: [UInt8]) -> [StoredPart] {
        let tags = Markup.texts(of: "Name", in: answer)
        let sizes = Markup.texts(of: "Size", in: answer).compactMap(Int.init)
        guard tags.count == sizes.count else { return [] }
        return tags.indices.compactMap { index in
            Base64.decode(tags[index]).flatMap { Int(String(decoding: $0, as: UTF8.self)) }
                .map { StoredPart(number: $0, size: sizes[index], tag: tags[index]) }
        }.sorted { $0.number < $1.number }
    }

    public func completeParts(
        of upload: PartialUpload, _ parts: [StoredPart], contentType: String, expires: Int, now: Timestamp
    ) -> SignedRequest {
        let list = parts.map { "<Uncommitted>\($0.tag)</Uncommitted>" }.joined()
        let url = presign(.create, upload.key, query: [("comp", "blocklist")], expires: expires, now: now)
        return SignedRequest(
            "PUT", url, headers: versioned([("x-ms-blob-content-type", contentType), ("If-None-Match", "*")]),
            body: "<?xml version=\"1.0\" encoding=\"utf-8\"?><BlockList>\(list)</BlockList>")
    }

    public func abandonParts(of upload: PartialUpload, expires: Int, now: Timestamp) -> SignedRequest? { nil }

    /// Names of one length, as all of a blob's must be.
    static func blockName(_ number: Int) -> String {
        let digits = String(number)
        return Base64.encode((String(repeating: "0", count: max(0, 6 - digits.count)) + digits).utf8)
    }

    /// With a signed address the version of the signature is that of the request as well, unless it is named.
    private func versioned(_ headers: [(String, String)] = []) -> [(String, String)] { [("x-ms-version", Self.version)] + headers }
}
