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
        /// To make a new blob; an existing one is not written over.
        public static let create = Self(rawValue: 2)
        public static let write = Self(rawValue: 4)
        public static let delete = Self(rawValue: 8)

        var letters: String {
            [(Self.read, "r"), (.create, "c"), (.write, "w"), (.delete, "d")]
                .filter { contains($0.0) }.map(\.1).joined()
        }
    }

    /// The first version of the service whose signatures have the fields below.
    public static let version = "2020-12-06"

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

    public func url(of name: String) -> String { "\(endpoint)/\(container)/\(PercentEncoding.encode(name, slashes: true))" }

    /// A signed address of one blob.
    ///
    /// - Parameters:
    ///   - query: parameters of the operation, such as `comp`; they are not signed.
    ///   - contentType, disposition: what a reader is told instead of what is stored.
    ///   - expires: how long it works from `now`, in seconds.
    public func presign(
        _ permissions: Permissions, _ name: String, query: [(name: String, value: String)] = [], contentType: String? = nil,
        disposition: String? = nil, expires: Int, now: Timestamp
    ) -> String {
        let end = "\(now.adding(seconds: expires).description.prefix(19))Z"
        var fields = [
            ("se", end), ("sp", permissions.letters), ("spr", isSecure ? "https" : "https,http"), ("sv", Self.version), ("sr", "b"),
        ]
        if let disposition { fields.append(("rscd", disposition)) }
        if let contentType { fields.append(("rsct", contentType)) }
        let resource = "/blob/\(account)/\(container)/\(name)"
        let signed: [String], secret: [UInt8]
        switch key {
        case .account(let bytes):
            // Empty: start, identifier of a policy.
            signed = [permissions.letters, "", end, resource, ""]
            secret = bytes
        case .userDelegation(let key):
            let identity = [key.objectId, key.tenantId, key.start, key.expiry, key.service, key.version]
            // Empty: start, two authorised identities, correlation.
            signed = [permissions.letters, "", end, resource] + identity + ["", "", ""]
            fields += zip(["skoid", "sktid", "skt", "ske", "sks", "skv"], identity)
            secret = key.value
        }
        // Empty: addresses; snapshot, encryption scope, and of what a reader may be told: caching; encoding, language.
        let told = ["", disposition ?? "", "", "", contentType ?? ""]
        let rest = ["", isSecure ? "https" : "https,http", Self.version, "b", "", ""] + told
        let text = (signed + rest).joined(separator: "\n")
        fields.append(("sig", Base64.encode(HMACSHA256.sign(text.utf8, key: secret))))
        let parameters = (query.map { ($0.name, $0.value) } + fields).map { "\($0)=\(PercentEncoding.encode($1, slashes: true))" }
        return "\(url(of: name))?\(parameters.joined(separator: "&"))"
    }

    /// Only a stand-in on this machine is reached without TLS.
    private var isSecure: Bool { endpoint.hasPrefix("https://") }
}
