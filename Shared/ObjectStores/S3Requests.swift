public import Validation

extension S3: RemoteStore {
    /// The least that S3 takes.
    /// Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html
    public var smallestPart: Int { 5 << 20 }

    public func url(of key: String) -> String { origin + prefix + PercentEncoding.encode(key, slashes: true) }

    public func head(_ key: String, expires: Int, now: Timestamp) -> SignedRequest {
        SignedRequest("HEAD", presign("HEAD", key, expires: expires, now: now))
    }

    public func get(_ key: String, range: ClosedRange<Int>?, expires: Int, now: Timestamp) -> SignedRequest {
        SignedRequest("GET", presign("GET", key, expires: expires, now: now), headers: SignedRequest.range(range))
    }

    public func download(_ key: String, as name: String, expires: Int, now: Timestamp) -> String {
        let told = [
            (name: "response-content-disposition", value: "attachment; filename=\"\(name)\""),
            (name: "response-content-type", value: "application/octet-stream"),
        ]
        return presign("GET", key, query: told, expires: expires, now: now)
    }

    public func put(
        _ key: String, contentType: String, size: Int?, md5: ContentMD5?, expires: Int, now: Timestamp
    ) -> SignedRequest {
        // What is there stays: https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
        let condition = hasConditions ? [("If-None-Match", "*")] : []
        let signed = SignedRequest.digest(md5) + condition
        let url = presign(
            "PUT", key, headers: signed.map { ($0.0.lowercased(), $0.1) }, contentType: contentType, contentLength: size,
            expires: expires, now: now)
        return SignedRequest("PUT", url, headers: [("Content-Type", contentType)] + signed)
    }

    public func copy(_ key: String, to target: String, expires: Int, now: Timestamp) -> SignedRequest {
        let source = PercentEncoding.encode("\(bucket)/\(key)", slashes: true)
        let url = presign("PUT", target, headers: [("x-amz-copy-source", source)], expires: expires, now: now)
        return SignedRequest("PUT", url, headers: [("x-amz-copy-source", source)])
    }

    public func delete(_ key: String, expires: Int, now: Timestamp) -> SignedRequest {
        SignedRequest("DELETE", presign("DELETE", key, expires: expires, now: now))
    }

    public func beginParts(_ key: String, contentType: String, expires: Int, now: Timestamp) -> SignedRequest? {
        let url = presign("POST", key, query: [("uploads", "")], contentType: contentType, expires: expires, now: now)
        return SignedRequest("POST", url, headers: [("Content-Type", contentType)])
    }

    public func uploadName(in answer: [UInt8]) -> String? { Markup.texts(of: "UploadId", in: answer).first }

    public func putPart(
        _ number: Int, of upload: PartialUpload, size: Int, md5: ContentMD5?, expires: Int, now: Timestamp
    ) -> SignedRequest {
        let query = [(name: "partNumber", value: String(number)), (name: "uploadId", value: upload.name)]
        let signed = SignedRequest.digest(md5)
        let url = presign(
            "PUT", upload.key, query: query, headers: signed.map { ($0.0.lowercased(), $0.1) }, contentLength: size,
            expires: expires, now: now)
        return SignedRequest("PUT", url, headers: signed)
    }

    public func listParts(of upload: PartialUpload, expires: Int, now: Timestamp) -> SignedRequest? {
        SignedRequest("GET", presign("GET", upload.key, query: [("uploadId", upload.name)], expires: expires, now: now))
    }

    public func parts(in answer: [UInt8]) -> [StoredPart] {
        let numbers = Markup.texts(of: "PartNumber", in: answer).compactMap(Int.init)
        let sizes = Markup.texts(of: "Size", in: answer).compactMap(Int.init)
        let tags = Markup.texts(of: "ETag", in: answer)
        guard numbers.count == sizes.count, sizes.count == tags.count else { return [] }
        return numbers.indices.map { StoredPart(number: numbers[$0], size: sizes[$0], tag: tags[$0]) }.sorted { $0.number < $1.number }
    }

    public func completeParts(
        of upload: PartialUpload, _ parts: [StoredPart], contentType: String, expires: Int, now: Timestamp
    ) -> SignedRequest {
        let list = parts.map { "<Part><PartNumber>\($0.number)</PartNumber><ETag>\(Markup.escaped($0.tag))</ETag></Part>" }
        let url = presign("POST", upload.key, query: [("uploadId", upload.name)], expires: expires, now: now)
        return SignedRequest(
            "POST", url,
            body: "<CompleteMultipartUpload xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">\(list.joined())</CompleteMultipartUpload>")
    }

    public func abandonParts(of upload: PartialUpload, expires: Int, now: Timestamp) -> SignedRequest? {
        SignedRequest("DELETE", presign("DELETE", upload.key, query: [("uploadId", upload.name)], expires: expires, now: now))
    }
}

extension SignedRequest {
    static func range(_ range: ClosedRange<Int>?) -> [(String, String)] {
        range.map { [("Range", "bytes=\($0.lowerBound)-\($0.upperBound)")] } ?? []
    }
}
