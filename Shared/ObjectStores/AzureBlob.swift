import Crypto
public import Validation

/// A container of Azure Blob Storage, and signed addresses into it.
/// Source: https://learn.microsoft.com/rest/api/storageservices/create-service-sas
public struct AzureBlob: Sendable {
    /// What an address is signed with.
    public enum Key: Sendable {
        /// One of the account's two keys, decoded from base 64.
        case account([UInt8])
        /// A key that an identity was lent for up to seven days.
        /// Source: https://learn.microsoft.com/rest/api/storageservices/create-user-delegation-sas
        case userDelegation(UserDelegationKey)
    }

    /// As `Get User Delegation Key` answers; times as the service wrote them.
    public struct UserDelegationKey: Sendable {
        public let objectId: String
        public let tenantId: String
        public let start: String
        public let expiry: String
        public let service: String
        public let version: String
        /// Decoded from base 64.
        public let value: [UInt8]

        public init(
            objectId: String, tenantId: String, start: String, expiry: String, service: String, version: String, value: [UInt8]
        ) {
            self.objectId = objectId
            self.tenantId = tenantId
            self.start = start
            self.expiry = expiry
            self.service = service
            self.version = version
            self.value = value
        }
    }

    /// What an address allows, in the order in which Azure wants the letters.
    public struct Permissions: OptionSet, Sendable {
        public let rawValue: Int
        public init(rawValue: Int) { self.rawValue = rawValue }

        public static let read = Self(rawValue: 1)
        /// To make a new blob, whole or of blocks; an existing one is not written over.
        public static let create = Self(rawValue: 2)
        public static let delete = Self(rawValue: 4)
        /// Of a container alone.
        public static let list = Self(rawValue: 8)
        public static let deleteVersion = Self(rawValue: 16)

        var letters: String {
            [(Self.read, "r"), (.create, "c"), (.delete, "d"), (.deleteVersion, "x"), (.list, "l")]
                .filter { contains($0.0) }.map(\.1).joined()
        }
    }

    /// What there is of a blob besides the blob as it is now, by the time that the service gave it for a name.
    public enum Edition: Sendable {
        case version(String)
        case snapshot(String)

        /// The kind of resource, the parameter of the address and the time.
        var signed: (kind: String, parameter: String, time: String) {
            switch self {
            case .version(let time): ("bv", "versionid", time)
            case .snapshot(let time): ("bs", "snapshot", time)
            }
        }
    }

    /// The first version of the service that takes blocks from whoever may only create: with permission to write, an
    /// address for one block could have replaced the whole blob, as what is done with an address is not signed.
    /// Source: https://learn.microsoft.com/rest/api/storageservices/version-2026-04-06
    public static let version = "2026-04-06"

    private let endpoint: String
    private let account: String
    private let container: String
    private let key: Key

    /// - Parameter endpoint: `https://account.blob.core.windows.net`, or with the account in its path.
    public init(endpoint: String, account: String, container: String, key: Key) {
        self.endpoint = endpoint.hasSuffix("/") ? String(endpoint.dropLast()) : endpoint
        self.account = account
        self.container = container
        self.key = key
    }

    public var bucket: String { container }

    public func url(of name: String) -> String { "\(endpoint)/\(container)/\(PercentEncoding.encode(name, slashes: true))" }

    /// A signed address of one blob, or of the container.
    ///
    /// - Parameters:
    ///   - name: the blob's; nil for the container.
    ///   - edition: nil for the blob as it is now.
    ///   - query: parameters of the operation, such as `comp`; they are not signed.
    ///   - contentType, disposition: what a reader is told instead of what is stored.
    ///   - expires: how long it works from `now`, in seconds.
    public func presign(
        _ permissions: Permissions, _ name: String?, edition: Edition? = nil, query: [(name: String, value: String)] = [],
        contentType: String? = nil, disposition: String? = nil, expires: Int, now: Timestamp
    ) -> String {
        let edition = edition?.signed
        let resourceKind = edition?.kind ?? (name == nil ? "c" : "b")
        let end = "\(now.adding(seconds: expires).description.prefix(19))Z"
        var fields = [
            ("se", end), ("sp", permissions.letters), ("spr", isSecure ? "https" : "https,http"), ("sv", Self.version), ("sr", resourceKind),
        ]
        if let disposition { fields.append(("rscd", disposition)) }
        if let contentType { fields.append(("rsct", contentType)) }
        let resource = "/blob/\(account)/\(container)\(name.map { "/\($0)" } ?? "")"
        let signed: [String], secret: [UInt8], demanded: [String]
        switch key {
        case .account(let bytes):
            // Empty: start, identifier of a policy.
            signed = [permissions.letters, "", end, resource, ""]
            secret = bytes
            demanded = []
        case .userDelegation(let key):
            let identity = [key.objectId, key.tenantId, key.start, key.expiry, key.service, key.version]
            // Empty: start, two authorised identities, correlation, tenant and identity of a user.
            signed = [permissions.letters, "", end, resource] + identity + ["", "", "", "", ""]
            fields += zip(["skoid", "sktid", "skt", "ske", "sks", "skv"], identity)
            secret = key.value
            // Empty: headers and parameters that a request must have.
            demanded = ["", ""]
        }
        // Empty: addresses; encryption scope, and of what a reader may be told: caching; encoding, language.
        let scope = ["", isSecure ? "https" : "https,http", Self.version, resourceKind, edition?.time ?? "", ""]
        let told = ["", disposition ?? "", "", "", contentType ?? ""]
        let text = (signed + scope + demanded + told).joined(separator: "\n")
        fields.append(("sig", Base64.encode(HMACSHA256.sign(text.utf8, key: secret))))
        let asked = (edition.map { [($0.parameter, $0.time)] } ?? []) + query.map { ($0.name, $0.value) }
        let parameters = (asked + fields).map { "\($0)=\(PercentEncoding.encode($1, slashes: true))" }
        return "\(name.map(url) ?? "\(endpoint)/\(container)")?\(parameters.joined(separator: "&"))"
    }

    /// Only a stand-in on this machine is reached without TLS.
    private var isSecure: Bool { endpoint.hasPrefix("https://") }
}
