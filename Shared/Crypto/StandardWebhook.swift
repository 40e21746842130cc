/// Signs and verifies webhooks after the Standard Webhooks specification 1.0
/// (https://www.standardwebhooks.com): HMAC-SHA256 over `id.timestamp.body`, sent
/// as `v1,<base64>` in the header `webhook-signature`.
///
/// It may hold several keys, so that one can be replaced without an interruption:
/// a message is signed with each, and accepted when any key made any of its
/// signatures.
public struct StandardWebhook: Sendable {
    /// A message as far as it is signed.
    public struct Headers: Sendable, Equatable {
        /// `webhook-id`: the same for every attempt to deliver one message.
        public let id: String
        /// `webhook-timestamp`: seconds since 1970, of this attempt.
        public let timestamp: String
        /// `webhook-signature`: one or more signatures, separated by spaces.
        public let signature: String

        public init(id: String, timestamp: String, signature: String) {
            self.id = id
            self.timestamp = timestamp
            self.signature = signature
        }
    }

    public enum Failure: Error, Equatable {
        /// A secret, an id, a timestamp or a signature is not of the specified form.
        case malformed(String)
        /// The timestamp is more than `tolerance` away from now, in either direction.
        case expired
        /// None of the keys made any of the signatures.
        case forged
    }

    /// Seconds by which sender and receiver may disagree.
    public static let tolerance = 300

    private let keys: [[UInt8]]

    /// - parameter keys: one or more, each of 24 to 64 bytes as the specification asks.
    public init(keys: [[UInt8]]) throws(Failure) {
        guard !keys.isEmpty, keys.allSatisfy({ (24...64).contains($0.count) }) else {
            throw .malformed("a secret must have 24 to 64 bytes")
        }
        self.keys = keys
    }

    /// - parameter secrets: keys as receivers are given them, `whsec_` and base 64.
    public init(secrets: [String]) throws(Failure) {
        var keys: [[UInt8]] = []
        for secret in secrets {
            guard secret.hasPrefix(Self.prefix), let key = Base64.decode(secret.dropFirst(Self.prefix.count))
            else { throw .malformed("a secret must be \(Self.prefix) followed by base 64") }
            keys.append(key)
        }
        try self.init(keys: keys)
    }

    /// A key as receivers are given it: `whsec_` and base 64.
    public static func secret(of key: [UInt8]) -> String { prefix + Base64.encode(key) }

    /// The headers to send with the body.
    ///
    /// - parameter timestamp: seconds since 1970.
    public func sign(id: String, timestamp: Int, body: [UInt8]) throws(Failure) -> Headers {
        try check(id: id)
        let message = content(id: id, timestamp: String(timestamp), body: body)
        let signatures = keys.map { "v1," + Base64.encode(HMACSHA256.sign(message, key: $0)) }
        return Headers(
            id: id, timestamp: String(timestamp), signature: signatures.joined(separator: " "))
    }

    /// Returns if one of the keys signed these headers and this body, within the
    /// tolerance of `now` (seconds since 1970).
    ///
    /// - parameter body: the bytes as received, before any decoding.
    public func verify(_ headers: Headers, body: [UInt8], now: Int) throws(Failure) {
        try check(id: headers.id)
        guard !headers.timestamp.isEmpty, headers.timestamp.utf8.count <= 12,
            headers.timestamp.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
            let timestamp = Int(headers.timestamp)
        else { throw .malformed("webhook-timestamp must be whole seconds since 1970") }
        let given = try signatures(in: headers.signature)
        guard abs(now - timestamp) <= Self.tolerance else { throw .expired }

        let message = content(id: headers.id, timestamp: headers.timestamp, body: body)
        let isGenuine = keys.contains { key in
            given.contains { HMACSHA256.verify($0, of: message, key: key) }
        }
        guard isGenuine else { throw .forged }
    }

    private static let prefix = "whsec_"

    /// A full stop in the id would let bytes wander between id and timestamp.
    private func check(id: String) throws(Failure) {
        guard (1...256).contains(id.utf8.count),
            id.utf8.allSatisfy({ (0x21...0x7e).contains($0) && $0 != UInt8(ascii: ".") })
        else { throw .malformed("webhook-id must be 1 to 256 visible characters without a full stop") }
    }

    /// The decoded `v1` signatures; other versions are for other receivers.
    private func signatures(in list: String) throws(Failure) -> [[UInt8]] {
        let entries = list.split(separator: " ")
        guard (1...16).contains(entries.count) else {
            throw .malformed("webhook-signature must list 1 to 16 signatures")
        }
        var signatures: [[UInt8]] = []
        for entry in entries {
            let parts = entry.split(separator: ",", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2 else { throw .malformed("webhook-signature must be v1,<base 64>") }
            guard parts[0] == "v1" else { continue }
            guard let signature = Base64.decode(parts[1]) else {
                throw .malformed("webhook-signature must be v1,<base 64>")
            }
            signatures.append(signature)
        }
        return signatures
    }

    private func content(id: String, timestamp: String, body: [UInt8]) -> [UInt8] {
        Array("\(id).\(timestamp).".utf8) + body
    }
}
