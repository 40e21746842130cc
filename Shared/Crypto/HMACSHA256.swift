import COpenSSL

/// HMAC-SHA256 (RFC 2104, FIPS 198-1).
public enum HMACSHA256 {
    /// The 32-byte tag of a message.
    public static func sign(_ message: some Sequence<UInt8>, key: [UInt8]) -> [UInt8] {
        unsafe withBytes(message) { message in
            var tag = [UInt8](repeating: 0, count: 32)
            let end = unsafe HMAC(
                EVP_sha256(), key, Int32(key.count), message.baseAddress, message.count, &tag, nil)
            unsafe require(end != nil, "HMAC-SHA256")
            return tag
        }
    }

    /// Whether `tag` is the whole tag of the message under this key, compared in
    /// constant time.
    public static func verify(
        _ tag: [UInt8], of message: some Sequence<UInt8>, key: [UInt8]
    ) -> Bool {
        constantTimeEquals(tag, sign(message, key: key))
    }
}

/// Whether two byte strings are equal, in a time that depends on their lengths
/// only. Lengths are not hidden.
public func constantTimeEquals(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    unsafe left.count == right.count && CRYPTO_memcmp(left, right, left.count) == 0
}
