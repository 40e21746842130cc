import Crypto
public import Endpoint
import Identity
import ObjectStores
import POSIX
import Storage

/// Who may tell of new objects, as settings say:
///
///     PARLEY_STORAGE_EVENTS_TOPICS       topics of Amazon SNS, with commas between:
///                                        arn:aws:sns:eu-central-1:123456789012:recordings
///     PARLEY_STORAGE_EVENTS_HOSTS        where their certificates and confirmations are, if not at AWS: sns.example:8443
///     PARLEY_STORAGE_EVENTS_AUTHORITIES  a PEM file of authorities to trust for those instead of the system's
///     PARLEY_STORAGE_EVENTS_TOKEN_FILE   a secret that other senders know: 64 hexadecimal characters
///
/// Vercel signs with the token of the store, which is among the store's credentials.
/// What is not set lets nobody in.
public struct StorageEventSettings: Sendable {
    let topics: [String]
    /// `host` or `host:port`, compared as they stand.
    let hosts: [String]
    let authorities: String?
    let token: String?
    let vercel: VercelBlob?

    /// - Throws: `UNAVAILABLE` when a setting is not understood.
    public init(_ environment: Environment) throws(Failure) {
        topics = Self.list(environment["PARLEY_STORAGE_EVENTS_TOPICS"])
        var ours: [String] = []
        for topic in topics {
            guard let host = Self.host(of: topic) else {
                throw Self.wrong(
                    "PARLEY_STORAGE_EVENTS_TOPICS",
                    "names \(topic); a topic looks like arn:aws:sns:eu-central-1:123456789012:recordings")
            }
            ours.append(host)
        }
        let others = Self.list(environment["PARLEY_STORAGE_EVENTS_HOSTS"])
        if let host = others.first(where: { !Self.isHost($0) }) {
            throw Self.wrong("PARLEY_STORAGE_EVENTS_HOSTS", "names \(host); a host looks like sns.example or sns.example:8443")
        }
        hosts = others.isEmpty ? ours : others
        authorities = environment["PARLEY_STORAGE_EVENTS_AUTHORITIES"]
        if let authorities, File.version(of: authorities) == nil {
            throw Self.wrong(
                "PARLEY_STORAGE_EVENTS_AUTHORITIES",
                "names \(authorities), which is not there; it must be a file such as /etc/parley/ca.pem")
        }
        token = environment["PARLEY_STORAGE_EVENTS_TOKEN_FILE"] == nil
            ? nil : try environment.secret(in: "PARLEY_STORAGE_EVENTS_TOKEN_FILE").hexadecimal
        let vercelToken = try StoreCredentials(environment)["readWriteToken"]
        vercel = vercelToken.flatMap { VercelBlob(readWriteToken: $0) }
        if vercelToken != nil, vercel == nil {
            throw Self.wrong("readWriteToken", "is no token of a store, which looks like vercel_blob_rw_STORE_SECRET")
        }
    }

    private static func list(_ text: String?) -> [String] {
        (text ?? "").split(separator: ",").map { $0.filter { $0 != " " } }
    }

    /// Where a topic's region has its certificates: `arn:PARTITION:sns:REGION:ACCOUNT:NAME`.
    private static func host(of topic: String) -> String? {
        let parts = topic.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0] == "arn", parts[1].hasPrefix("aws"), parts[2] == "sns",
            parts[3].utf8.allSatisfy(isLabel), !parts[3].isEmpty, parts[4].utf8.count == 12,
            parts[4].utf8.allSatisfy({ (48...57).contains($0) }), !parts[5].isEmpty
        else { return nil }
        return "sns.\(parts[3]).amazonaws.com\(parts[1] == "aws-cn" ? ".cn" : "")"
    }

    private static func isHost(_ text: String) -> Bool {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        let isName = !parts[0].isEmpty && parts[0].utf8.allSatisfy { isLabel($0) || $0 == UInt8(ascii: ".") }
        return isName && (parts.count == 1 || parts.count == 2 && UInt16(parts[1]) != nil)
    }

    private static func isLabel(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): true
        default: false
        }
    }

    private static func wrong(_ name: String, _ reason: String) -> Failure {
        .unavailable("The service is not configured.", cause: "\(name) \(reason)")
    }

    /// Whether an address is at one of the hosts and asked for over TLS. It begins with a host and the slash after it as they
    /// stand, so nothing in it can mean another one.
    func isAllowed(_ url: String) -> Bool { hosts.contains { url.hasPrefix("https://\($0)/") } }

    /// Whether an address is one of the files that hold certificates there. Whatever else a host answers with may be what
    /// somebody asked it to say.
    func isCertificate(_ url: String) -> Bool { isAllowed(url) && url.hasSuffix(".pem") && !url.contains { $0 == "?" || $0 == "#" } }

    /// Who is expected, in a word each, for people.
    public var expected: [String] {
        topics + (token == nil ? [] : ["whoever has the token"]) + (vercel == nil ? [] : ["Vercel Blob"])
    }
}
