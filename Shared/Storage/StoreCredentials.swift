import Crypto
public import Endpoint
import JSON
import ObjectStores
import POSIX
import Validation

/// What permits to sign for a remote store.
public struct StoreCredentials {
    private let values: JSON

    /// Names in a file, and the variables that the providers' own tools read.
    private static let variables = [
        "accessKeyId": "AWS_ACCESS_KEY_ID", "secretAccessKey": "AWS_SECRET_ACCESS_KEY", "sessionToken": "AWS_SESSION_TOKEN",
        "accountKey": "AZURE_STORAGE_KEY", "readWriteToken": "BLOB_READ_WRITE_TOKEN",
    ]

    /// - Throws: `UNAVAILABLE` when the file cannot be read.
    public init(_ environment: Environment) throws(Failure) {
        guard let path = environment["PARLEY_BLOB_CREDENTIALS_FILE"] else {
            values = .object(Self.variables.compactMap { name, variable in environment[variable].map { .init(name, .string($0)) } })
            return
        }
        do { values = try JSON(parsing: try File.read(path)) } catch {
            // Not the error: it may quote what it could not read.
            throw .unavailable("The service is not configured.", cause: "\(path) cannot be read as JSON")
        }
    }

    public subscript(name: String) -> String? { values[name]?.text }

    /// - Throws: `UNAVAILABLE` when it is not given.
    public func required(_ name: String) throws(Failure) -> String {
        if let value = self[name], !value.isEmpty { return value }
        let variable = Self.variables[name] ?? name
        throw .unavailable(
            "The service is not configured.",
            cause: "the store's \(name) is neither in PARLEY_BLOB_CREDENTIALS_FILE nor in \(variable)")
    }

    /// The account's key, or the user delegation key that the file has in its place: an object with what
    /// `Get User Delegation Key` answers. Such a key is lent for a week at most, so the file has to be renewed.
    func azureKey() throws(Failure) -> AzureBlob.Key {
        guard let lent = values["userDelegationKey"] else {
            return .account(try bytes(try required("accountKey"), "of an account whose key is not in base 64"))
        }
        var fields: [String] = []
        for name in ["objectId", "tenantId", "start", "expiry", "service", "version", "value"] {
            guard let field = lent[name]?.text, !field.isEmpty else {
                throw BlobSetting.wrong("is of an account whose userDelegationKey has no \(name)")
            }
            fields.append(field)
        }
        guard let expiry = Timestamp(fields[3]), expiry > .now else {
            throw BlobSetting.wrong("is of an account whose userDelegationKey expired: \(fields[3])")
        }
        return .userDelegation(
            .init(
                objectId: fields[0], tenantId: fields[1], start: fields[2], expiry: fields[3], service: fields[4],
                version: fields[5], value: try bytes(fields[6], "of an account whose userDelegationKey is not in base 64")))
    }

    private func bytes(_ text: String, _ wrong: String) throws(Failure) -> [UInt8] {
        guard let bytes = Base64.decode(text), !bytes.isEmpty else { throw BlobSetting.wrong("is \(wrong)") }
        return bytes
    }
}
