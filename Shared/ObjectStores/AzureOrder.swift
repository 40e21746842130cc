import Validation

extension SigningOrder {
    /// A key that an identity was lent; see ``AzureBlob/UserDelegationKey``.
    struct UserDelegationKey: Decodable {
        let objectId: String
        let tenantId: String
        let start: String
        let expiry: String
        let service: String
        let version: String
        /// In base 64.
        let value: String
    }

    func azure() throws -> String {
        let account = try Self.required(self.account, "account")
        let container = AzureBlob(
            endpoint: endpoint ?? "https://\(account).blob.core.windows.net", account: account,
            container: try Self.required(container, "container"), key: try azureKey())
        let permissions: AzureBlob.Permissions =
            switch method {
            case .get, .head: .read
            case .put, .post: .create
            case .delete: .delete
            }
        return container.presign(
            permissions, key, query: try parameters(), contentType: contentType, expires: lifetime, now: time)
    }

    private func azureKey() throws -> AzureBlob.Key {
        if let key = userDelegationKey {
            return .userDelegation(
                AzureBlob.UserDelegationKey(
                    objectId: key.objectId, tenantId: key.tenantId, start: key.start, expiry: key.expiry, service: key.service,
                    version: key.version, value: try Self.bytes(key.value, "userDelegationKey.value")))
        }
        return .account(try Self.bytes(try Self.required(accountKey, "accountKey"), "accountKey"))
    }
}
