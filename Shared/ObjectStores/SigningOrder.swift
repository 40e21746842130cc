import Crypto
import JSON
public import Validation

/// What somebody wants signed. Which members an order needs depends on its store.
public struct SigningOrder: Decodable {
    public let store: Store?
    public let method: Method
    public let key: String
    /// Seconds from `now`.
    let expires: Whole<1, 604_800>?
    let now: Timestamp?
    let contentType: String?
    public let contentLength: Int?
    /// Of S3 and the local store alone, which sign it.
    public let contentMd5: ContentMD5?
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
    let userDelegationKey: UserDelegationKey?

    let readWriteToken: String?
    let callbackUrl: String?

    public enum Store: String, Decodable { case s3, azure, vercel }
    public enum Method: String, Decodable { case get = "GET", head = "HEAD", put = "PUT", post = "POST", delete = "DELETE" }

    /// Seconds; a quarter of an hour unless stated.
    public var lifetime: Int { expires?.value ?? 900 }
    public var time: Timestamp { now ?? .now }
    public var type: String { contentType ?? "application/octet-stream" }

    /// What is signed: an address, or an object of one and what goes with it.
    ///
    /// - Throws: a `Refusal` of what is missing or malformed.
    public func signed(for store: Store) throws -> String {
        switch store {
        case .s3: try s3()
        case .azure: try azure()
        case .vercel: try vercel()
        }
    }

    func parameters() throws -> [(name: String, value: String)] {
        try (query?.value.members ?? []).map { member in
            guard let value = member.value.text else { throw Refusal("query.\(member.name) must be text") }
            return (member.name, value)
        }
    }

    static func required(_ value: String?, _ name: String) throws(Refusal) -> String {
        guard let value else { throw Refusal("\(name) is missing") }
        return value
    }

    static func bytes(_ text: String, _ name: String) throws(Refusal) -> [UInt8] {
        guard let bytes = Base64.decode(text) else { throw Refusal("\(name) must be in base 64") }
        return bytes
    }
}
