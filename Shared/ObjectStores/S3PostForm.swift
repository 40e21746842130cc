import Crypto
public import Validation

/// A form that a browser may post to store one object: unlike a signed PUT it can bound the size without fixing it.
public struct S3PostForm: Sendable {
    public let url: String
    /// In the order in which they must come before the file.
    public let fields: [(name: String, value: String)]
}

extension S3 {
    /// A form that stores one object.
    ///
    /// Source: https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html
    /// - Parameters:
    ///   - size: the sizes in bytes that are accepted.
    ///   - expires: how long the form works from `now`, in seconds.
    public func postForm(
        _ key: String, contentType: String, size: ClosedRange<Int>, expires: Int, now: Timestamp
    ) -> S3PostForm {
        let signature = SignatureV4(secretAccessKey: credentials.secretAccessKey, region: region, service: "s3", now: now)
        var signed = [
            (name: "x-amz-algorithm", value: "AWS4-HMAC-SHA256"),
            (name: "x-amz-credential", value: "\(credentials.accessKeyId)/\(signature.scope)"),
            (name: "x-amz-date", value: signature.time),
        ]
        if let token = credentials.sessionToken { signed.append(("x-amz-security-token", token)) }
        let object = [(name: "Content-Type", value: contentType), (name: "key", value: key)]
        let equal = [object[0], (name: "bucket", value: bucket), object[1]] + signed
        var conditions = equal.map { "{\(Self.quoted($0.name)): \(Self.quoted($0.value))}" }
        conditions.insert("[\"content-length-range\", \(size.lowerBound), \(size.upperBound)]", at: 1)
        let end = "\(now.adding(seconds: expires).description.prefix(19))Z"
        let text = "{\"expiration\": \"\(end)\", \"conditions\": [\(conditions.joined(separator: ", "))]}"
        let policy = Base64.encode(text.utf8)
        return S3PostForm(
            url: origin + (prefix == "/" ? "/" : String(prefix.dropLast())),
            fields: object + signed + [("policy", policy), ("x-amz-signature", signature.sign(policy))])
    }

    /// A JSON string in ASCII, as a policy wants it.
    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for unit in text.utf16 {
            switch unit {
            case UInt16(UInt8(ascii: "\"")): quoted += "\\\""
            case UInt16(UInt8(ascii: "\\")): quoted += "\\\\"
            case 0x0A: quoted += "\\n"
            case 0x0D: quoted += "\\r"
            case 0x09: quoted += "\\t"
            case 0x08: quoted += "\\b"
            case 0x0C: quoted += "\\f"
            case 0x20..<0x7F: quoted.unicodeScalars.append(Unicode.Scalar(UInt8(unit)))
            default: quoted += "\\u\(Hex.encode([UInt8(unit >> 8), UInt8(unit & 255)]))"
            }
        }
        return quoted + "\""
    }
}
