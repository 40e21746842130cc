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
        var query = [(name: "uploads", value: ""), (name: "prefix", value: prefix), (name: "max-uploads", value: String(itemsOfAPage))]
        if let cursor {
            // A key and the name of an upload of it; neither holds a space.
            let marks = cursor.split(separator: " ", maxSplits: 1).map(String.init)
            query.append(("key-marker", marks[0]))
            if marks.count > 1 { query.append(("upload-id-marker", marks[1])) }
        }
        return SignedRequest("GET", presign("GET", "", query: query, expires: expires, now: now))
    }

    public func uploadPage(in answer: [UInt8]) -> StorePage<ListedUpload>? {
        guard Markup.isWhole("ListMultipartUploadsResult", answer), let next = next("NextKeyMarker", in: answer),
            let uploads = Markup.items(
                "Upload", in: answer,
                { element -> ListedUpload? in
                    guard let key = Markup.text(of: "Key", in: element), let name = Markup.text(of: "UploadId", in: element),
                        let begunAt = Markup.text(of: "Initiated", in: element).flatMap({ Timestamp($0) })
                    else { return nil }
                    return ListedUpload(upload: PartialUpload(key: key, name: name), begunAt: begunAt)
                })
        else { return nil }
        let mark = Markup.text(of: "NextUploadIdMarker", in: answer).map { " \($0)" } ?? ""
        return StorePage(items: uploads, next: next.map { $0 + mark })
    }

    public func removeParts(of upload: PartialUpload, expires: Int, now: Timestamp) -> [SignedRequest] {
        [SignedRequest("DELETE", presign("DELETE", upload.key, query: [("uploadId", upload.name)], expires: expires, now: now))]
    }

    /// Where a listing goes on, if it does; `.some(nil)` after the last page, nil when the answer does not say where.
    private func next(_ name: String, in answer: [UInt8]) -> String?? {
        guard Markup.text(of: "IsTruncated", in: answer) == "true" else { return .some(nil) }
        return Markup.text(of: name, in: answer).map { .some($0) }
    }
}
