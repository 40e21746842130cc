import COpenSSL

/// MD5 (RFC 1321), for those who know no other digest: nginx's `secure_link_md5`, and stores of objects, which find damage
/// with it. It proves nothing about who made something; use `HMACSHA256` there.
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

    /// The digest of a file, which is read in pieces.
    public static func hash(file path: String) throws(CryptoError) -> [UInt8] {
        let file = try FileReader(path)
        let context = unsafe EVP_MD_CTX_new()
        defer { unsafe EVP_MD_CTX_free(context) }
        unsafe require(EVP_DigestInit_ex2(context, EVP_md5(), nil) == 1, "MD5")
        var piece = [UInt8](repeating: 0, count: 1 << 17)
        while case let count = try file.read(into: &piece), count > 0 {
            unsafe require(EVP_DigestUpdate(context, piece, count) == 1, "MD5")
        }
        var digest = [UInt8](repeating: 0, count: 16)
        unsafe require(EVP_DigestFinal_ex(context, &digest, nil) == 1, "MD5")
        return digest
    }
}
