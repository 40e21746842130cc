import JSON
import Validation

extension SigningOrder {
    func vercel() throws -> String {
        guard let store = VercelBlob(readWriteToken: try Self.required(readWriteToken, "readWriteToken")) else {
            throw Refusal("readWriteToken must look like vercel_blob_rw_STORE_SECRET")
        }
        let token = store.clientToken(
            pathname: key, contentType: type, mostBytes: mostBytes ?? contentLength ?? 1, callbackURL: callbackUrl,
            expires: lifetime, now: time)
        return JSON.object([
            .init("url", .string(store.uploadURL(key))), .init("token", .string(token)),
        ]).description
    }
}
