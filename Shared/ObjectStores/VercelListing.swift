import JSON
public import Validation

/// Source: https://github.com/vercel/storage/blob/main/packages/blob/src/list.ts
extension VercelBlob {
    public func list(_ prefix: String, after cursor: String?, expires: Int, now: Timestamp) -> SignedRequest {
        let page = cursor.map { "&cursor=\(PercentEncoding.encode($0))" } ?? ""
        let url = "\(api)?limit=\(itemsOfAPage)&prefix=\(PercentEncoding.encode(prefix))\(page)"
        return SignedRequest("GET", url, headers: asking)
    }

    public func page(in answer: [UInt8]) -> StorePage<ListedObject>? {
        guard let json = try? JSON(parsing: answer), let blobs = json["blobs"], case .bool(let hasMore)? = json["hasMore"] else {
            return nil
        }
        let objects = blobs.elements.compactMap { blob -> ListedObject? in
            guard let key = blob["pathname"]?.text, case .integer(let size)? = blob["size"],
                let storedAt = blob["uploadedAt"]?.text.flatMap({ Timestamp($0) })
            else { return nil }
            return ListedObject(key: key, size: size, storedAt: storedAt)
        }
        guard objects.count == blobs.elements.count else { return nil }
        guard hasMore else { return StorePage(items: objects, next: nil) }
        return json["cursor"]?.text.map { StorePage(items: objects, next: $0) }
    }

    /// The store has no list of uploads that were begun, and removes them by itself.
    public func listUploads(_ prefix: String, after cursor: String?, expires: Int, now: Timestamp) -> SignedRequest? { nil }

    public func uploadPage(in answer: [UInt8]) -> StorePage<ListedUpload>? { nil }

    public func removeParts(of upload: PartialUpload, expires: Int, now: Timestamp) -> [SignedRequest] { [] }
}
