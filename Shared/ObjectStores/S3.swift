public import Validation

/// A bucket of S3 or of anything that speaks its protocol, and signed addresses into it.
///
/// Everything is asked for by a signed address, by us as by browsers: there is one way of signing.
/// Source: https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
public struct S3: Sendable {
    /// Where the bucket's name stands.
    public enum Addressing: String, Sendable, Codable {
        /// `https://endpoint/bucket/key`; every server understands it.
        case path
        /// `https://bucket.endpoint/key`; what AWS recommends. Where no such name can be, the path is used: in front of an
        /// address in numbers, and over TLS for a bucket with a dot, which no certificate with a wildcard covers.
        case virtual
    }

    public struct Credentials: Sendable {
        public let accessKeyId: String
        public let secretAccessKey: String
        /// Of temporary credentials.
        public let sessionToken: String?

        public init(accessKeyId: String, secretAccessKey: String, sessionToken: String? = nil) {
            self.accessKeyId = accessKeyId
            self.secretAccessKey = secretAccessKey
            self.sessionToken = sessionToken
        }
    }

    /// The longest that a signed address may work, in seconds: AWS refuses more than seven days.
    public static let longestExpiry = 604_800

    let bucket: String
    let region: String
    let hasConditions: Bool
    let credentials: Credentials
    /// `https://host` or `https://host:port`.
    let origin: String
    private let host: String
    /// What comes before the key in a path, encoded.
    let prefix: String

    /// - Parameters:
    ///   - endpoint: `https://s3.eu-central-1.amazonaws.com`, with a port and a path if need be.
    ///   - hasConditions: whether it knows conditional writes. Without them a signed address can write over what it wrote,
    ///     as long as it works.
    /// - Returns: nil when the endpoint is no such address or the bucket has no name.
    public init?(
        endpoint: String, bucket: String, region: String, addressing: Addressing = .path, hasConditions: Bool = true,
        credentials: Credentials
    ) {
        guard let scheme = ["https://", "http://"].first(where: endpoint.hasPrefix), !bucket.isEmpty, !region.isEmpty else {
            return nil
        }
        let address = endpoint.dropFirst(scheme.count)
        let authority = Self.withoutDefaultPort(address.prefix { $0 != "/" }, scheme)
        guard !authority.isEmpty, !address.contains(where: { $0 == "?" || $0 == "#" || $0 == "@" }) else { return nil }
        var path = String(address.drop { $0 != "/" })
        while path.hasSuffix("/") { path.removeLast() }
        self.bucket = bucket
        self.region = region
        self.hasConditions = hasConditions
        self.credentials = credentials
        if addressing == .virtual, !Self.isNumeric(authority), scheme == "http://" || !bucket.contains(".") {
            host = "\(bucket).\(authority)"
            prefix = "\(path)/"
        } else {
            host = authority
            prefix = "\(path)/\(PercentEncoding.encode(bucket))/"
        }
        origin = "\(scheme)\(host)"
    }

    private static func withoutDefaultPort(_ authority: Substring, _ scheme: String) -> String {
        let port = scheme == "https://" ? ":443" : ":80"
        return String(authority.hasSuffix(port) ? authority.dropLast(port.count) : authority).lowercased()
    }

    private static func isNumeric(_ authority: String) -> Bool {
        authority.hasPrefix("[") || authority.prefix { $0 != ":" }.allSatisfy { $0.isNumber || $0 == "." }
    }

    /// A signed address.
    ///
    /// - Parameters:
    ///   - query: parameters of the operation, such as `uploadId`, as they are.
    ///   - headers: others that the request must have, names in lower case.
    ///   - contentType, contentLength: when given, the request must have just these.
    ///   - expires: how long it works from `now`, in seconds.
    public func presign(
        _ method: String, _ key: String, query: [(name: String, value: String)] = [],
        headers: [(name: String, value: String)] = [], contentType: String? = nil, contentLength: Int? = nil, expires: Int,
        now: Timestamp
    ) -> String {
        let signature = SignatureV4(secretAccessKey: credentials.secretAccessKey, region: region, service: "s3", now: now)
        var headers = headers + [(name: "host", value: host)]
        if let contentLength { headers.append(("content-length", String(contentLength))) }
        if let contentType { headers.append(("content-type", contentType)) }
        var parameters = query.map { (name: PercentEncoding.encode($0.name), value: PercentEncoding.encode($0.value)) }
        parameters += [
            ("X-Amz-Algorithm", "AWS4-HMAC-SHA256"),
            ("X-Amz-Credential", PercentEncoding.encode("\(credentials.accessKeyId)/\(signature.scope)")),
            ("X-Amz-Date", signature.time),
            ("X-Amz-Expires", String(expires)),
            ("X-Amz-SignedHeaders", headers.map(\.name).sorted().joined(separator: "%3B")),
        ]
        if let token = credentials.sessionToken {
            parameters.append(("X-Amz-Security-Token", PercentEncoding.encode(token)))
        }
        // S3 alone encodes a path once and leaves `//` and `..` in it as they are.
        let path = prefix + PercentEncoding.encode(key, slashes: true)
        let request = SignatureV4.canonicalRequest(
            method, path: path, query: parameters, headers: headers, payload: "UNSIGNED-PAYLOAD")
        let text = parameters.map { "\($0.name)=\($0.value)" }.joined(separator: "&")
        return "\(origin)\(path)?\(text)&X-Amz-Signature=\(signature.sign(canonicalRequest: request))"
    }
}
