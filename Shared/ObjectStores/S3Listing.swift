public import Validation

/// Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html and
/// https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListMultipartUploads.html
extension S3 {
    public func list(_ prefix: String, after cursor: String?, expires: Int, now: Timestamp) -> SignedRequest {
        var query = [(name: "list-type", value: "2"), (name: "prefix", value: prefix), (name: "max-keys", value: String(itemsOfAPage))]
        if let cursor { query.append(("continuation-token", cursor)) }
        return SignedRequest("GET", presign("GET", "", query: query, expires: expires, now: now))
    }

    public func page(in answer: [UInt8]) -> StorePage<ListedObject>? {
        guard Markup.isWhole("ListBucketResult", answer), let next = next("NextContinuationToken", in: answer),
            let objects = Markup.items(
                "Contents", in: answer,
                { element -> ListedObject? in
                    guard let key = Markup.text(of: "Key", in: element),
                        let size = Markup.text(of: "Size", in: element).flatMap(Int.init),
                        let storedAt = Markup.text(of: "LastModified", in: element).flatMap({ Timestamp($0) })
                    else { return nil }
                    return ListedObject(key: key, size: size, storedAt: storedAt)
                })
        else { return nil }
        return StorePage(items: objects, next: next)
    }

    public func listUploads(_ prefix: String, after cursor: String?, expires: Int, now: Timestamp) -> SignedRequest? {
        let query = [(name: "uploads", value: ""), (name: "prefix", value: prefix), (name: "max-uploads", value: String(itemsOfAPage))]
            + marks(in: cursor, "upload-id-marker")
        return SignedRequest("GET", presign("GET", "", query: query, expires: expires, now: now))
    }

    public func uploadPage(in answer: [UInt8]) -> StorePage<ListedUpload>? {
        guard Markup.isWhole("ListMultipartUploadsResult", answer), let next = next("NextKeyMarker", "NextUploadIdMarker", in: answer),
            let uploads = Markup.items(
                "Upload", in: answer,
                { element -> ListedUpload? in
                    guard let key = Markup.text(of: "Key", in: element), let name = Markup.text(of: "UploadId", in: element),
                        let begunAt = Markup.text(of: "Initiated", in: element).flatMap({ Timestamp($0) })
                    else { return nil }
                    return ListedUpload(upload: PartialUpload(key: key, name: name), begunAt: begunAt)
                })
        else { return nil }
        return StorePage(items: uploads, next: next)
    }

    public func removeParts(of upload: PartialUpload, expires: Int, now: Timestamp) -> [SignedRequest] {
        [SignedRequest("DELETE", presign("DELETE", upload.key, query: [("uploadId", upload.name)], expires: expires, now: now))]
    }

    /// Where a listing goes on, if it does; `.some(nil)` after the last page, nil when the answer does not say where.
    private func next(_ name: String, in answer: [UInt8]) -> String?? {
        guard Markup.text(of: "IsTruncated", in: answer) == "true" else { return .some(nil) }
        return Markup.text(of: name, in: answer).map { .some($0) }
    }

    /// The same for a listing that goes on within what it has of a key: the key and, after a space, which neither holds, a
    /// name within it.
    func next(_ key: String, _ name: String, in answer: [UInt8]) -> String?? {
        next(key, in: answer).map { next in
            next.map { $0 + (Markup.text(of: name, in: answer).map { " \($0)" } ?? "") }
        }
    }

    /// The parameters for that place.
    func marks(in cursor: String?, _ name: String) -> [(name: String, value: String)] {
        guard let cursor else { return [] }
        return zip(["key-marker", name], cursor.split(separator: " ", maxSplits: 1)).map { ($0, String($1)) }
    }
}
