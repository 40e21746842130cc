import Crypto
import JSON
public import Validation

/// A store of Vercel Blob, and the tokens by which a browser may put one file there.
/// Source: https://github.com/vercel/storage/blob/main/packages/blob/src/client.ts
public struct VercelBlob: Sendable {
    public static let api = "https://vercel.com/api/blob"
    /// The largest object that a token may be for, in bytes.
    static let largest = 2 << 30

    let readWriteToken: String
    public let storeId: String
    let api: String
    /// Where objects are, each at its key.
    let objects: String
    let relay: SecureLink?
    let callbackURL: String?

    /// - Parameters:
    ///   - readWriteToken: `vercel_blob_rw_<store>_<secret>`.
    ///   - relay: our own addresses for those who can send no token along.
    ///   - callbackURL: where the store tells of what a browser has put there whole.
    /// - Returns: nil when the token is none.
    public init?(
        readWriteToken: String, api: String = Self.api, objects: String? = nil, relay: SecureLink? = nil,
        callbackURL: String? = nil
    ) {
        let parts = readWriteToken.split(separator: "_", omittingEmptySubsequences: false)
        guard parts.count == 5, parts[0] == "vercel", parts[1] == "blob", parts[2] == "rw", !parts[3].isEmpty, !parts[4].isEmpty
        else { return nil }
        self.readWriteToken = readWriteToken
        storeId = String(parts[3])
        self.api = api
        self.objects = objects ?? "https://\(parts[3].lowercased()).private.blob.vercel-storage.com"
        self.relay = relay
        self.callbackURL = callbackURL
    }

    /// In messages and addresses the store's id stands in lower case.
    public var bucket: String { storeId.lowercased() }

    /// A token with which one file can be put at `pathname`, once: it has no random suffix and may not be overwritten.
    ///
    /// - Parameters:
    ///   - contentType: nil allows any.
    ///   - callbackURL: where Vercel tells of the finished upload.
    ///   - tokenPayload: what it tells there besides; anybody who holds the token can read it.
    ///   - expires: how long it works from `now`, in seconds.
    public func clientToken(
        pathname: String, contentType: String?, mostBytes: Int, callbackURL: String? = nil, tokenPayload: String? = nil,
        expires: Int, now: Timestamp
    ) -> String {
        var claims: [JSON.Member] = [.init("pathname", .string(pathname))]
        if let callbackURL {
            var callback: [JSON.Member] = [.init("callbackUrl", .string(callbackURL))]
            if let tokenPayload { callback.append(.init("tokenPayload", .string(tokenPayload))) }
            claims.append(.init("onUploadCompleted", .object(callback)))
        }
        claims.append(.init("maximumSizeInBytes", .integer(mostBytes)))
        if let contentType { claims.append(.init("allowedContentTypes", [.string(contentType)])) }
        claims += [
            .init("validUntil", .integer(now.adding(seconds: expires).microseconds / 1000)),
            .init("addRandomSuffix", false),
            .init("allowOverwrite", false),
        ]
        let payload = Base64.encode(JSON.object(claims).description.utf8)
        let signature = Hex.encode(HMACSHA256.sign(payload.utf8, key: Array(readWriteToken.utf8)))
        return "vercel_blob_client_\(storeId)_\(Base64.encode("\(signature).\(payload)".utf8))"
    }

    /// Whether a message was signed by the store, by its header `x-vercel-signature`.
    public func verify(_ signature: String, of body: [UInt8]) -> Bool {
        guard let tag = Hex.decode(signature) else { return false }
        return HMACSHA256.verify(tag, of: body, key: Array(readWriteToken.utf8))
    }

    /// The address at which a token puts a file.
    public func uploadURL(_ pathname: String) -> String { "\(api)/?pathname=\(PercentEncoding.encode(pathname))" }
}
