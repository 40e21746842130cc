import Crypto
public import Validation

/// AWS Signature Version 4: the part that every service shares.
/// Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
public struct SignatureV4: Sendable {
    /// `20261121T090000Z`.
    public let time: String
    /// `20261121/eu-central-1/s3/aws4_request`.
    public let scope: String
    private let key: [UInt8]

    public init(secretAccessKey: String, region: String, service: String, now: Timestamp) {
        // 2026-11-21T09:00:00.000Z without punctuation and fraction.
        time = "\(now.description.filter { $0 != "-" && $0 != ":" }.prefix(15))Z"
        let date = time.prefix(8)
        scope = "\(date)/\(region)/\(service)/aws4_request"
        key = [String(date), region, service, "aws4_request"].reduce(Array("AWS4\(secretAccessKey)".utf8)) { key, part in
            HMACSHA256.sign(part.utf8, key: key)
        }
    }

    /// What goes between the last header and the payload's hash is already in `canonicalRequest`.
    /// - Returns: the signature in hexadecimal.
    public func sign(canonicalRequest: String) -> String {
        sign("AWS4-HMAC-SHA256\n\(time)\n\(scope)\n\(Hex.encode(SHA256.hash(canonicalRequest.utf8)))")
    }

    /// The signature of any text, in hexadecimal: a POST policy signs nothing else.
    public func sign(_ text: String) -> String { Hex.encode(HMACSHA256.sign(text.utf8, key: key)) }

    /// A request in the one form that client and server agree on.
    ///
    /// - Parameters:
    ///   - path: encoded once.
    ///   - query: names and values encoded, in any order.
    ///   - headers: names in lower case, in any order.
    ///   - payload: the body's SHA-256 in hexadecimal, or `UNSIGNED-PAYLOAD`.
    public static func canonicalRequest(
        _ method: String, path: String, query: [(name: String, value: String)], headers: [(name: String, value: String)],
        payload: String
    ) -> String {
        let query = query.sorted { ($0.name, $0.value) < ($1.name, $1.value) }.map { "\($0.name)=\($0.value)" }
        let headers = headers.sorted { $0.name < $1.name }
        let lines = headers.map { "\($0.name):\(trimmed($0.value))\n" }.joined()
        let names = headers.map(\.name).joined(separator: ";")
        return "\(method)\n\(path)\n\(query.joined(separator: "&"))\n\(lines)\n\(names)\n\(payload)"
    }

    /// Without white space around, and one space for every run of it.
    private static func trimmed(_ value: String) -> String {
        value.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
