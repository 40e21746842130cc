import JSON
public import Validation

/// A private store, in which nothing can be read by its address alone. It has no signed addresses for us to make: what
/// permits stands in a header, the store's own token in our requests and a token for one key in a browser's.
/// Source: https://github.com/vercel/storage/tree/main/packages/blob/src
extension VercelBlob: RemoteStore {
    public func url(of key: String) -> String { "\(objects)/\(PercentEncoding.encode(key, slashes: true))" }

    /// Players cannot send the header that the store wants, so they ask our nginx, which adds it.
    public func playbackURL(of key: String, expires: Int, now: Timestamp) -> String {
        relay?.url("/blob/\(key)", expires: now.adding(seconds: expires)) ?? url(of: key)
    }

    public func download(_ key: String, as name: String, expires: Int, now: Timestamp) -> String {
        let end = now.adding(seconds: expires)
        return relay?.url("/documents/\(key)", parameters: [("name", name)], expires: end) ?? url(of: key)
    }

    public func head(_ key: String, expires: Int, now: Timestamp) -> SignedRequest { read("HEAD", key) }

    public func get(_ key: String, range: ClosedRange<Int>?, expires: Int, now: Timestamp) -> SignedRequest {
        read("GET", key, SignedRequest.range(range))
    }

    /// Past the store's cache, which may still know that there was nothing.
    private func read(_ method: String, _ key: String, _ headers: [(String, String)] = []) -> SignedRequest {
        SignedRequest(method, "\(url(of: key))?cache=0", headers: [authorization] + headers)
    }

    /// The store knows no exact size, only the largest, and no digests.
    public func put(
        _ key: String, contentType: String, size: Int?, md5: ContentMD5?, expires: Int, now: Timestamp
    ) -> SignedRequest {
        let token = clientToken(
            pathname: key, contentType: contentType, mostBytes: size ?? Self.largest, callbackURL: callbackURL,
            expires: expires, now: now)
        return SignedRequest("PUT", uploadURL(key), headers: creating(contentType, "Bearer \(token)"))
    }

    public func copy(_ key: String, to target: String, expires: Int, now: Timestamp) -> SignedRequest {
        let source = PercentEncoding.encode(url(of: key))
        return SignedRequest("PUT", "\(uploadURL(target))&fromUrl=\(source)", headers: creating(nil, authorization.1))
    }

    public func delete(_ key: String, expires: Int, now: Timestamp) -> SignedRequest {
        SignedRequest(
            "POST", "\(api)/delete", headers: asking + [("Content-Type", "application/json")],
            body: JSON.object([.init("urls", [.string(url(of: key))])]).description)
    }

    /// Source: https://vercel.com/docs/vercel-blob/using-blob-sdk#multipart-uploads
    public var smallestPart: Int { 5 << 20 }

    public func beginParts(_ key: String, contentType: String, expires: Int, now: Timestamp) -> SignedRequest? {
        SignedRequest("POST", partsURL(key), headers: creating(contentType, authorization.1) + [("x-mpu-action", "create")])
    }

    /// Both names that the store gives an upload: its own and that of the object.
    public func uploadName(in answer: [UInt8]) -> String? {
        guard let answer = try? JSON(parsing: answer), let id = answer["uploadId"]?.text, let key = answer["key"]?.text,
            !id.isEmpty, !id.contains(" ")
        else { return nil }
        return "\(id) \(key)"
    }

    public func putPart(
        _ number: Int, of upload: PartialUpload, size: Int, md5: ContentMD5?, expires: Int, now: Timestamp
    ) -> SignedRequest {
        // The type is that of the beginning, whatever a part says.
        let token = clientToken(pathname: upload.key, contentType: nil, mostBytes: size, expires: expires, now: now)
        let headers = creating(nil, "Bearer \(token)") + continuing(upload, "upload") + [("x-mpu-part-number", String(number))]
        return SignedRequest("POST", partsURL(upload.key), headers: headers)
    }

    /// Nil: the store does not tell of parts. Whoever sends one is told its tag, and tells us.
    public func listParts(of upload: PartialUpload, expires: Int, now: Timestamp) -> SignedRequest? { nil }

    public func parts(in answer: [UInt8]) -> [StoredPart] { [] }

    public func completeParts(
        of upload: PartialUpload, _ parts: [StoredPart], contentType: String, expires: Int, now: Timestamp
    ) -> SignedRequest {
        let list = parts.map { JSON.object([.init("etag", .string($0.tag)), .init("partNumber", .integer($0.number))]) }
        let headers = creating(contentType, authorization.1) + continuing(upload, "complete")
        return SignedRequest(
            "POST", partsURL(upload.key), headers: headers + [("Content-Type", "application/json")],
            body: JSON.array(list).description)
    }

    /// There is no request for it.
    public func abandonParts(of upload: PartialUpload, expires: Int, now: Timestamp) -> SignedRequest? { nil }

    // MARK: Headers

    private var authorization: (String, String) { ("Authorization", "Bearer \(readWriteToken)") }

    private var version: [(String, String)] { [("x-api-version", "12"), ("x-vercel-blob-store-id", storeId)] }

    var asking: [(String, String)] { [authorization] + version }

    private func creating(_ contentType: String?, _ authorization: String) -> [(String, String)] {
        [("Authorization", authorization)] + version
            + [("x-vercel-blob-access", "private"), ("x-add-random-suffix", "0"), ("x-allow-overwrite", "0")]
            + (contentType.map { [("x-content-type", $0)] } ?? [])
    }

    private func continuing(_ upload: PartialUpload, _ action: String) -> [(String, String)] {
        let names = upload.name.split(separator: " ", maxSplits: 1)
        return [
            ("x-mpu-action", action), ("x-mpu-upload-id", String(names.first ?? "")),
            ("x-mpu-key", PercentEncoding.encode(names.last ?? "")),
        ]
    }

    private func partsURL(_ key: String) -> String { "\(api)/mpu?pathname=\(PercentEncoding.encode(key))" }
}
