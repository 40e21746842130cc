import COpenSSL

/// MD5 (RFC 1321), for one purpose: nginx's `secure_link_md5` knows no other
/// digest. It is broken for everything else; use `HMACSHA256` there.
public enum MD5 {
    /// The 16 bytes of the digest.
    public static func hash(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        unsafe withBytes(bytes) { bytes in
            var digest = [UInt8](repeating: 0, count: 16)
            unsafe require(
                EVP_Digest(bytes.baseAddress, bytes.count, &digest, nil, EVP_md5(), nil) == 1, "MD5")
            return digest
        }
    }
}
