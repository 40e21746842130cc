import COpenSSL

/// Digests of whole files, by the names that tus gives them.
///
/// SHA-1 is here because that protocol demands it; against accidents, which are all it guards
/// against there, it is good enough.
public enum FileDigest: String, CaseIterable, Sendable {
    case sha256, sha1

    /// The number of bytes in a digest.
    public var length: Int {
        switch self {
        case .sha256: 32
        case .sha1: 20
        }
    }

    /// The digest of a file, or of a part of it, which is read in pieces.
    public func hash(_ path: String, _ range: Range<Int> = 0..<Int.max) throws(CryptoError) -> [UInt8] {
        let file = try FileReader(path)
        try file.skip(to: range.lowerBound)
        var left = range.count
        let context = unsafe EVP_MD_CTX_new()
        defer { unsafe EVP_MD_CTX_free(context) }
        let algorithm = unsafe self == .sha256 ? EVP_sha256() : EVP_sha1()
        unsafe require(EVP_DigestInit_ex2(context, algorithm, nil) == 1, "a file's digest")
        var piece = [UInt8](repeating: 0, count: 1 << 17)
        while case let count = min(left, try file.read(into: &piece)), count > 0 {
            unsafe require(EVP_DigestUpdate(context, piece, count) == 1, "a file's digest")
            left -= count
        }
        var digest = [UInt8](repeating: 0, count: length)
        unsafe require(EVP_DigestFinal_ex(context, &digest, nil) == 1, "a file's digest")
        return digest
    }
}
