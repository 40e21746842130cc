import Endpoint
import JSON
import ObjectStores
import Storage
import Validation

/// Prints whole requests to the store that `PARLEY_BLOB` names: a line of JSON in, a line with method, address, headers
/// and body out, or `null` where the store has no such request. For the tests of stores, and for operators who want to
/// ask a store by hand:
///
///     echo '{"operation": "head", "key": "a.webm"}' | SignRequest
///
/// What is printed is a permission, for a quarter of an hour unless `expires` says otherwise.
@main enum SignRequest {
    private struct Order: Decodable {
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
        let parts: [Part]?
        /// Seconds from `now`.
        let expires: Whole<1, 604_800>?
        let now: Timestamp?
    }

    private struct Part: Decodable {
        let number: Int
        let size: Int
        let tag: String
    }

    private enum Operation: String, Decodable {
        case head, get, put, copy, delete, beginParts, putPart, listParts, completeParts, abandonParts
    }

    static func main() {
        do {
            guard case .remote(let store) = try BlobSetting(.read()) else {
                throw Failure.unavailable("", cause: "PARLEY_BLOB names the local store, which takes no signed requests")
            }
            while let line = readLine() {
                let order = try InputDecoder.decode(Order.self, from: try JSON(parsing: Array(line.utf8)))
                print(written(request(order, store)))
            }
        } catch let failure as Failure {
            Command.fail("SignRequest: \(failure.cause ?? failure.detail)", status: 78)
        } catch let rejection as Rejection {
            Command.fail("SignRequest: \(rejection.problems.map { "\($0.field) \($0.message)" }.joined(separator: "; "))", status: 65)
        } catch {
            Command.fail("SignRequest: \(error)", status: 65)
        }
    }

    private static func request(_ order: Order, _ store: any RemoteStore) -> SignedRequest? {
        let key = order.key, expires = order.expires?.value ?? 900, now = order.now ?? .now
        let type = order.contentType ?? "application/octet-stream"
        let upload = PartialUpload(key: key, name: order.upload ?? "")
        switch order.operation {
        case .head: return store.head(key, expires: expires, now: now)
        case .get: return store.get(key, range: range(order), expires: expires, now: now)
        case .put:
            return store.put(
                key, contentType: type, size: order.size, md5: order.contentMd5, expires: expires, now: now)
        case .copy: return store.copy(key, to: order.to ?? key, expires: expires, now: now)
        case .delete: return store.delete(key, expires: expires, now: now)
        case .beginParts: return store.beginParts(key, contentType: type, expires: expires, now: now)
        case .putPart:
            return store.putPart(
                order.number ?? 1, of: upload, size: order.size ?? 0, md5: order.contentMd5, expires: expires, now: now)
        case .listParts: return store.listParts(of: upload, expires: expires, now: now)
        case .completeParts:
            let parts = (order.parts ?? []).map { StoredPart(number: $0.number, size: $0.size, tag: $0.tag) }
            return store.completeParts(of: upload, parts, contentType: type, expires: expires, now: now)
        case .abandonParts: return store.abandonParts(of: upload, expires: expires, now: now)
        }
    }

    private static func range(_ order: Order) -> ClosedRange<Int>? {
        guard let first = order.first, let last = order.last, first <= last else { return nil }
        return first...last
    }

    private static func written(_ request: SignedRequest?) -> String {
        guard let request else { return "null" }
        return JSON.object([
            .init("method", .string(request.method)), .init("url", .string(request.url)),
            .init("headers", .object(request.headers.map { .init($0.name, .string($0.value)) })),
            .init("body", .string(String(decoding: request.body, as: UTF8.self))),
        ]).description
    }
}
