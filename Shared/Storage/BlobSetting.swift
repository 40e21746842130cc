import Crypto
public import Endpoint
import Identity
public import ObjectStores

/// Which store keeps the recordings, as the setting `PARLEY_BLOB` says:
///
///     file:///srv/parley/blobs
///     s3://BUCKET?region=eu-central-1            at AWS, or with &endpoint=https://… anywhere else;
///                                                &addressing=virtual for the bucket in the host's name, &conditions=no
///                                                for servers that know no conditional writes, such as OpenStack Swift
///     azure://CONTAINER?account=NAME             and &endpoint=https://… elsewhere
///     vercel://STORE                             a private store
///
/// What permits to sign stands in the JSON file that `PARLEY_BLOB_CREDENTIALS_FILE` names, or in the variables that the
/// providers' own tools read.
public enum BlobSetting: Sendable {
    /// The local store, and the folder it is in.
    case local(folder: String)
    case remote(any RemoteStore)

    static let examples =
        "file:///srv/parley/blobs, s3://bucket?region=eu-central-1, azure://container?account=name or vercel://store"

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
            self = .remote(try Self.s3(String(place.dropFirst(5)), parameters, try StoreCredentials(environment)))
        } else if place.hasPrefix("azure://") {
            let parameters = try Self.parameters(query, of: ["account", "endpoint"])
            self = .remote(try Self.azure(String(place.dropFirst(8)), parameters, try StoreCredentials(environment)))
        } else if place.hasPrefix("vercel://") {
            let parameters = try Self.parameters(query, of: ["endpoint", "objects"])
            self = .remote(try Self.vercel(String(place.dropFirst(9)), parameters, try StoreCredentials(environment), environment))
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
        _ bucket: String, _ parameters: [String: String], _ credentials: StoreCredentials
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
        guard let store, isName(bucket), isName(region), parameters["endpoint"].map(isAddress) ?? true else {
            throw wrong("must name a bucket, its region and, if any, an endpoint such as https://s3.example: \(examples)")
        }
        return store
    }

    private static func azure(
        _ container: String, _ parameters: [String: String], _ credentials: StoreCredentials
    ) throws(Failure) -> AzureBlob {
        guard let account = parameters["account"], isName(account), isName(container) else {
            throw wrong("must name a container and its account: \(examples)")
        }
        let endpoint = parameters["endpoint"] ?? "https://\(account).blob.core.windows.net"
        guard isAddress(endpoint) else { throw wrong("has an endpoint that is not like https://account.blob.core.windows.net") }
        return AzureBlob(endpoint: endpoint, account: account, container: container, key: try credentials.azureKey())
    }

    /// Whether a bucket, a container or an account can be called so.
    private static func isName(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 63
            && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) || $0 == "-" || $0 == "." || $0 == "_" }
    }

    /// Whether something can be asked for below it: a host, and a path if need be.
    private static func isAddress(_ text: String) -> Bool {
        guard let scheme = ["https://", "http://"].first(where: text.hasPrefix) else { return false }
        let place = text.dropFirst(scheme.count)
        return !place.isEmpty && place.first != "/" && place.utf8.allSatisfy { (0x21...0x7e).contains($0) }
            && !place.contains { "?#@".contains($0) }
    }

    private static func vercel(
        _ name: String, _ parameters: [String: String], _ credentials: StoreCredentials, _ environment: Environment
    ) throws(Failure) -> VercelBlob {
        let api = parameters["endpoint"] ?? VercelBlob.api, objects = parameters["objects"]
        guard isAddress(api), objects.map(isAddress) ?? true else {
            throw wrong("has an endpoint that is not like \(VercelBlob.api), or objects elsewhere")
        }
        let store = VercelBlob(
            readWriteToken: try credentials.required("readWriteToken"), api: api, objects: objects,
            relay: try SecureLink(environment),
            callbackURL: "\(try environment.baseURL())/api/webhooks/storage/vercel")
        guard let store else { throw wrong("is of a store whose token is not like vercel_blob_rw_STORE_SECRET") }
        guard store.storeId.lowercased() == name.lowercased() else {
            throw wrong("names another store than its token, whose is vercel://\(store.storeId)")
        }
        return store
    }

    static func wrong(_ reason: String) -> Failure {
        .unavailable("The service is not configured.", cause: "PARLEY_BLOB \(reason)")
    }
}

extension SecureLink {
    /// Addresses on our own nginx.
    init(_ environment: Environment) throws(Failure) {
        self.init(
            baseURL: try environment.baseURL(),
            secret: try environment.secret(in: "PARLEY_PLAYBACK_SECRET_FILE").hexadecimal)
    }
}
