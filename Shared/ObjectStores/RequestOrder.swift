import JSON
import Validation

/// A request to a store that somebody wants signed. Which members it needs depends on its operation.
public struct RequestOrder: Decodable {
    let operation: Operation
    let key: String
    /// Of a copy.
    let to: String?
    let contentType: String?
    /// Bytes.
    let size: Int?
    /// Of the bytes that are sent.
    let contentMd5: ContentMD5?
    /// The first and the last byte of a range.
    let first: Int?
    let last: Int?
    /// An upload in parts, as the answer to its beginning names it.
    let upload: String?
    let number: Int?
    let parts: [StoredPart]?
    /// Seconds from `now`; a quarter of an hour unless stated.
    let expires: Whole<1, 604_800>?
    let now: Timestamp?

    enum Operation: String, Decodable {
        case head, get, put, copy, delete, beginParts, putPart, listParts, completeParts, abandonParts
    }

    /// - Returns: nil where the store has no such request.
    public func signed(by store: any RemoteStore) -> SignedRequest? {
        let expires = expires?.value ?? 900, now = now ?? .now
        let type = contentType ?? "application/octet-stream"
        let upload = PartialUpload(key: key, name: upload ?? "")
        switch operation {
        case .head: return store.head(key, expires: expires, now: now)
        case .get: return store.get(key, range: range, expires: expires, now: now)
        case .put: return store.put(key, contentType: type, size: size, md5: contentMd5, expires: expires, now: now)
        case .copy: return store.copy(key, to: to ?? key, expires: expires, now: now)
        case .delete: return store.delete(key, expires: expires, now: now)
        case .beginParts: return store.beginParts(key, contentType: type, expires: expires, now: now)
        case .putPart:
            return store.putPart(number ?? 1, of: upload, size: size ?? 0, md5: contentMd5, expires: expires, now: now)
        case .listParts: return store.listParts(of: upload, expires: expires, now: now)
        case .completeParts:
            return store.completeParts(of: upload, parts ?? [], contentType: type, expires: expires, now: now)
        case .abandonParts: return store.abandonParts(of: upload, expires: expires, now: now)
        }
    }

    private var range: ClosedRange<Int>? {
        guard let first, let last, first <= last else { return nil }
        return first...last
    }
}

extension SignedRequest {
    /// As a line of JSON: `{"method", "url", "headers", "body"}`.
    public var line: String {
        JSON.object([
            .init("method", .string(method)), .init("url", .string(url)),
            .init("headers", .object(headers.map { .init($0.name, .string($0.value)) })),
            .init("body", .string(String(decoding: body, as: UTF8.self))),
        ]).description
    }
}
