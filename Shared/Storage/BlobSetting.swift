import Crypto
public import Endpoint
import JSON
public import ObjectStores
import POSIX
import Validation

/// Which store keeps the recordings, as the setting `PARLEY_BLOB` says:
///
///     file:///srv/parley/blobs
///     s3://BUCKET?region=eu-central-1            at AWS, or with &endpoint=https://… anywhere else;
///                                                &addressing=virtual for the bucket in the host's name, &conditions=no
///                                                for servers that know no conditional writes, such as OpenStack Swift
///     azure://CONTAINER?account=NAME             and &endpoint=https://… elsewhere
///
/// What permits to sign stands in the JSON file that `PARLEY_BLOB_CREDENTIALS_FILE` names, or in the variables that the
/// providers' own tools read.
public enum BlobSetting: Sendable {
    /// The local store, and the folder it is in.
    case local(folder: String)
    case remote(any RemoteStore)

    static let examples = "file:///srv/parley/blobs, s3://bucket?region=eu-central-1 or azure://container?account=name"

    /// - Throws: `UNAVAILABLE` when the setting or its credentials are missing or not understood.
    public init(_ environment: Environment) throws(Failure) {
        let text = try environment.required("PARLEY_BLOB")
        if text.hasPrefix("file:///") {
            self = .local(folder: String(text.dropFirst("file://".count)))
            return
        }
        let parts = text.split(separator: "?", maxSplits: 1)
        let place = parts.first ?? "", query = parts.count > 1 ? parts[1] : ""
        if place.hasPrefix("s3://") {
            let parameters = try Self.parameters(query, of: ["region", "endpoint", "addressing", "conditions"])
            self = .remote(try Self.s3(String(place.dropFirst(5)), parameters, try Credentials(environment)))
        } else if place.hasPrefix("azure://") {
            let parameters = try Self.parameters(query, of: ["account", "endpoint"])
            self = .remote(try Self.azure(String(place.dropFirst(8)), parameters, try Credentials(environment)))
        } else {
            throw Self.wrong("must look like \(Self.examples)")
        }
    }

    private static func parameters(_ query: Substring, of known: [String]) throws(Failure) -> [String: String] {
        var parameters: [String: String] = [:]
        for pair in query.split(separator: "&", omittingEmptySubsequences: false) where !query.isEmpty {
            let parts = pair.split(separator: "=", maxSplits: 1)
            let name = parts.first.map(String.init) ?? ""
            guard parts.count == 2, known.contains(name), parameters[name] == nil else {
                throw wrong("has a parameter \"\(pair)\", which is none of its store's: \(examples)")
            }
            parameters[name] = String(parts[1])
        }
        return parameters
    }

    private static func s3(
        _ bucket: String, _ parameters: [String: String], _ credentials: Credentials
    ) throws(Failure) -> S3 {
        guard let region = parameters["region"] else { throw wrong("must name the bucket's region: \(examples)") }
        let addressing = S3.Addressing(rawValue: parameters["addressing"] ?? "path")
        guard let addressing else { throw wrong("has an addressing that is neither path nor virtual") }
        let conditions = parameters["conditions"] ?? "yes"
        guard ["yes", "no"].contains(conditions) else { throw wrong("has conditions that are neither yes nor no") }
        let store = S3(
            endpoint: parameters["endpoint"] ?? "https://s3.\(region).amazonaws.com", bucket: bucket, region: region,
            addressing: addressing, hasConditions: conditions == "yes",
            credentials: .init(
                accessKeyId: try credentials.required("accessKeyId"),
                secretAccessKey: try credentials.required("secretAccessKey"),
                sessionToken: credentials["sessionToken"]))
        guard let store, isName(bucket) else {
            throw wrong("must name a bucket and, if any, an endpoint such as https://s3.example: \(examples)")
        }
        return store
    }

    private static func azure(
        _ container: String, _ parameters: [String: String], _ credentials: Credentials
    ) throws(Failure) -> AzureBlob {
        guard let account = parameters["account"], isName(account), isName(container) else {
            throw wrong("must name a container and its account: \(examples)")
        }
        let endpoint = parameters["endpoint"] ?? "https://\(account).blob.core.windows.net"
        guard endpoint.hasPrefix("https://") || endpoint.hasPrefix("http://") else {
            throw wrong("has an endpoint that is not like https://account.blob.core.windows.net")
        }
        guard let key = Base64.decode(try credentials.required("accountKey")), !key.isEmpty else {
            throw wrong("is of an account whose key is not in base 64")
        }
        return AzureBlob(endpoint: endpoint, account: account, container: container, key: .account(key))
    }

    /// Whether a bucket, a container or an account can be called so.
    private static func isName(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 63
            && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) || $0 == "-" || $0 == "." || $0 == "_" }
    }

    private static func wrong(_ reason: String) -> Failure {
        .unavailable("The service is not configured.", cause: "PARLEY_BLOB \(reason)")
    }
}

/// What permits to sign.
private struct Credentials {
    private var values: [String: String] = [:]

    /// Names in a file, and the variables that the providers' own tools read.
    private static let variables = [
        "accessKeyId": "AWS_ACCESS_KEY_ID", "secretAccessKey": "AWS_SECRET_ACCESS_KEY", "sessionToken": "AWS_SESSION_TOKEN",
        "accountKey": "AZURE_STORAGE_KEY",
    ]

    init(_ environment: Environment) throws(Failure) {
        guard let path = environment["PARLEY_BLOB_CREDENTIALS_FILE"] else {
            values = Self.variables.compactMapValues { environment[$0] }
            return
        }
        do {
            for member in try JSON(parsing: try File.read(path)).members { values[member.name] = member.value.text }
        } catch {
            // Not the error: it may quote what it could not read.
            throw .unavailable("The service is not configured.", cause: "\(path) cannot be read as JSON")
        }
    }

    subscript(name: String) -> String? { values[name] }

    func required(_ name: String) throws(Failure) -> String {
        if let value = values[name], !value.isEmpty { return value }
        let variable = Self.variables[name] ?? name
        throw .unavailable(
            "The service is not configured.",
            cause: "the store's \(name) is neither in PARLEY_BLOB_CREDENTIALS_FILE nor in \(variable)")
    }
}
