import Crypto
import Endpoint
import JSON
import ObjectStores
import Storage
import Validation

/// Signs addresses: a line of JSON in, a line with the address out. For operators who look for a signature's fault, and
/// for the tests that compare signatures with the providers' own libraries.
///
///     echo '{"store": "s3", "method": "PUT", "endpoint": "https://s3.eu-central-1.amazonaws.com", "bucket": "answers",
///            "key": "a.webm", "region": "eu-central-1", "accessKeyId": "…", "secretAccessKey": "…"}' | Presign
///
/// Without `store` the order is for the store that `PARLEY_BLOB` names. A form to post (`"method": "POST"` with `mostBytes`)
/// and a token of Vercel Blob are not addresses alone: for these the line is `{"url", "fields"}` and `{"url", "token"}`. A
/// line that cannot be signed ends the command, which names it.
@main enum Presign {
    private struct Order: Decodable {
        let store: Store?
        let method: Method
        let key: String
        /// Seconds from `now`.
        let expires: Whole<1, 604_800>?
        let now: Timestamp?
        let contentType: String?
        let contentLength: Int?
        /// Of S3 and the local store alone, which sign it.
        let contentMd5: ContentMD5?
        /// Parameters of the operation, such as `{"uploadId": "…", "partNumber": "1"}`.
        let query: FreeObject?
        /// For forms and tokens: the largest object.
        let mostBytes: Int?

        let endpoint: String?
        let bucket: String?
        let region: String?
        let addressing: S3.Addressing?
        let accessKeyId: String?
        let secretAccessKey: String?
        let sessionToken: String?

        let account: String?
        let container: String?
        /// In base 64.
        let accountKey: String?
        let userDelegationKey: DelegationKey?

        let readWriteToken: String?
        let callbackUrl: String?
    }

    private enum Store: String, Decodable { case s3, azure, vercel }
    private enum Method: String, Decodable { case get = "GET", head = "HEAD", put = "PUT", post = "POST", delete = "DELETE" }

    private struct DelegationKey: Decodable {
        let objectId: String
        let tenantId: String
        let start: String
        let expiry: String
        let service: String
        let version: String
        /// In base 64.
        let value: String
    }

    static func main() {
        var number = 0
        while let line = readLine() {
            number += 1
            do {
                let order = try InputDecoder.decode(Order.self, from: try JSON(parsing: Array(line.utf8)))
                print(try sign(order))
            } catch let rejection as Rejection {
                let problems = rejection.problems.map { "\($0.field) \($0.message)" }.joined(separator: "; ")
                Command.fail("Presign: line \(number): \(problems)", status: 65)
            } catch let failure as Failure {
                Command.fail("Presign: line \(number): \(failure.cause ?? failure.detail)", status: 78)
            } catch let refusal as Refusal {
                Command.fail("Presign: line \(number): \(refusal.message)", status: 65)
            } catch {
                Command.fail("Presign: line \(number): \(error)", status: 65)
            }
        }
    }

    private static func sign(_ order: Order) throws -> String {
        switch order.store {
        case .s3: try s3(order)
        case .azure: try azure(order)
        case .vercel: try vercel(order)
        case nil: try configured(order)
        }
    }

    private static func configured(_ order: Order) throws -> String {
        let store = try BlobStore(.read())
        let expires = expires(order), now = order.now ?? .now
        switch (order.method, store) {
        case (.get, _): return store.playbackURL(of: order.key, now: now).url
        case (.put, _):
            let grant = LocalStore.Grant(
                .whole, key: order.key, contentType: order.contentType ?? "application/octet-stream", size: order.contentLength,
                md5: order.contentMd5, expires: now.adding(seconds: expires))
            return store.upload(grant, now: now).url
        case (.head, .remote(let remote)): return remote.head(order.key, expires: expires, now: now).url
        case (.delete, .remote(let remote)): return remote.delete(order.key, expires: expires, now: now).url
        default: throw Refusal("method must be GET or PUT, or HEAD or DELETE of a store that is not Parley's own")
        }
    }

    private static func s3(_ order: Order) throws -> String {
        let credentials = S3.Credentials(
            accessKeyId: try required(order.accessKeyId, "accessKeyId"),
            secretAccessKey: try required(order.secretAccessKey, "secretAccessKey"), sessionToken: order.sessionToken)
        let endpoint = try required(order.endpoint, "endpoint")
        guard
            let bucket = S3(
                endpoint: endpoint, bucket: try required(order.bucket, "bucket"), region: try required(order.region, "region"),
                addressing: order.addressing ?? .path, credentials: credentials)
        else { throw Refusal("endpoint must look like https://s3.eu-central-1.amazonaws.com, and bucket and region have text") }
        if order.method == .post, let most = order.mostBytes {
            let form = bucket.postForm(
                order.key, contentType: order.contentType ?? "application/octet-stream", size: 1...max(most, 1),
                expires: expires(order), now: order.now ?? .now)
            let fields = form.fields.map { JSON.Member($0.name, .string($0.value)) }
            return JSON.object([.init("url", .string(form.url)), .init("fields", .object(fields))]).description
        }
        return bucket.presign(
            order.method.rawValue, order.key, query: try query(order),
            headers: order.contentMd5.map { [("content-md5", $0.value)] } ?? [], contentType: order.contentType,
            contentLength: order.contentLength, expires: expires(order), now: order.now ?? .now)
    }

    private static func azure(_ order: Order) throws -> String {
        let account = try required(order.account, "account")
        let container = AzureBlob(
            endpoint: order.endpoint ?? "https://\(account).blob.core.windows.net", account: account,
            container: try required(order.container, "container"), key: try key(order))
        let permissions: AzureBlob.Permissions =
            switch order.method {
            case .get, .head: .read
            case .put, .post: .create
            case .delete: .delete
            }
        return container.presign(
            permissions, order.key, query: try query(order), contentType: order.contentType, expires: expires(order),
            now: order.now ?? .now)
    }

    private static func key(_ order: Order) throws -> AzureBlob.Key {
        if let key = order.userDelegationKey {
            return .userDelegation(
                AzureBlob.UserDelegationKey(
                    objectId: key.objectId, tenantId: key.tenantId, start: key.start, expiry: key.expiry, service: key.service,
                    version: key.version, value: try bytes(key.value, "userDelegationKey.value")))
        }
        return .account(try bytes(try required(order.accountKey, "accountKey"), "accountKey"))
    }

    private static func vercel(_ order: Order) throws -> String {
        guard let store = VercelBlob(readWriteToken: try required(order.readWriteToken, "readWriteToken")) else {
            throw Refusal("readWriteToken must look like vercel_blob_rw_STORE_SECRET")
        }
        let token = store.clientToken(
            pathname: order.key, contentType: order.contentType ?? "application/octet-stream",
            mostBytes: order.mostBytes ?? order.contentLength ?? 1, callbackURL: order.callbackUrl,
            expires: expires(order), now: order.now ?? .now)
        return JSON.object([
            .init("url", .string(store.uploadURL(order.key))), .init("token", .string(token)),
        ]).description
    }

    private static func expires(_ order: Order) -> Int { order.expires?.value ?? 900 }

    private static func query(_ order: Order) throws -> [(name: String, value: String)] {
        try (order.query?.value.members ?? []).map { member in
            guard let value = member.value.text else { throw Refusal("query.\(member.name) must be text") }
            return (member.name, value)
        }
    }

    private static func required(_ value: String?, _ name: String) throws -> String {
        guard let value else { throw Refusal("\(name) is missing") }
        return value
    }

    private static func bytes(_ text: String, _ name: String) throws -> [UInt8] {
        guard let bytes = Base64.decode(text) else { throw Refusal("\(name) must be in base 64") }
        return bytes
    }
}
