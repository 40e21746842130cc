public import Validation

/// Source: https://learn.microsoft.com/rest/api/storageservices/list-blobs
extension AzureBlob {
    public func list(_ prefix: String, after cursor: String?, expires: Int, now: Timestamp) -> SignedRequest {
        enumerate(prefix, include: nil, after: cursor, expires: expires, now: now)
    }

    public func page(in answer: [UInt8]) -> StorePage<ListedObject>? {
        guard Markup.isWhole("EnumerationResults", answer), let objects = Markup.items("Blob", in: answer, Self.object) else {
            return nil
        }
        return StorePage(items: objects, next: Markup.text(of: "NextMarker", in: answer))
    }

    /// Blobs without a list of blocks appear among the others, and empty.
    public func listUploads(_ prefix: String, after cursor: String?, expires: Int, now: Timestamp) -> SignedRequest? {
        enumerate(prefix, include: "uncommittedblobs", after: cursor, expires: expires, now: now)
    }

    public func uploadPage(in answer: [UInt8]) -> StorePage<ListedUpload>? {
        guard let page = page(in: answer) else { return nil }
        let uploads = page.items.filter { $0.size == 0 }
            .map { ListedUpload(upload: PartialUpload(key: $0.key, name: ""), begunAt: $0.storedAt) }
        return StorePage(items: uploads, next: page.next)
    }

    /// Blocks go when a list without them is put, which makes an empty blob where there is none.
    public func removeParts(of upload: PartialUpload, expires: Int, now: Timestamp) -> [SignedRequest] {
        [
            completeParts(of: upload, [], contentType: "application/octet-stream", expires: expires, now: now),
            delete(upload.key, expires: expires, now: now),
        ]
    }

    func enumerate(_ prefix: String, include: String?, after cursor: String?, expires: Int, now: Timestamp) -> SignedRequest {
        var query = [
            (name: "restype", value: "container"), (name: "comp", value: "list"), (name: "prefix", value: prefix),
            (name: "maxresults", value: String(itemsOfAPage)),
        ]
        if let include { query.append(("include", include)) }
        if let cursor { query.append(("marker", cursor)) }
        let url = presign(.list, nil, query: query, expires: expires, now: now)
        return SignedRequest("GET", url, headers: [("x-ms-version", Self.version)])
    }

    private static func object(_ element: [UInt8]) -> ListedObject? {
        guard let key = Markup.text(of: "Name", in: element),
            let size = Markup.text(of: "Content-Length", in: element).flatMap(Int.init),
            let storedAt = Markup.text(of: "Last-Modified", in: element).flatMap(Timestamp.init(httpDate:))
        else { return nil }
        return ListedObject(key: key, size: size, storedAt: storedAt)
    }
}
