import COpenSSL

/// SHA-256 (FIPS 180-4), at once or piece by piece:
///
///     var digest = SHA256()
///     digest.update(head)
///     digest.update(tail)
///     let sum = digest.finish()
@safe public struct SHA256: ~Copyable {
    /// Owned here alone; freed in `deinit`.
    private let context: OpaquePointer

    // Looked up once: with EVP_sha256() OpenSSL searches its providers for every digest
    // (crypto(7), "Performance"). Never freed, never changed.
    nonisolated(unsafe) private static let algorithm = unsafe EVP_MD_fetch(nil, "SHA256", nil)

    public init() {
        let context = unsafe EVP_MD_CTX_new()
        unsafe require(EVP_DigestInit_ex2(context, Self.algorithm, nil) == 1, "SHA-256")
        unsafe self.context = context!
    }

    deinit { unsafe EVP_MD_CTX_free(context) }

    public mutating func update(_ bytes: some Sequence<UInt8>) {
        unsafe withBytes(bytes) { bytes in
            unsafe require(EVP_DigestUpdate(context, bytes.baseAddress, bytes.count) == 1, "SHA-256")
        }
    }

    /// The 32 bytes of the digest.
    public consuming func finish() -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: 32)
        unsafe require(EVP_DigestFinal_ex(context, &digest, nil) == 1, "SHA-256")
        return digest
    }

    /// The 32 bytes of the digest of `bytes`.
    public static func hash(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        var digest = SHA256()
        digest.update(bytes)
        return digest.finish()
    }
}

extension SHA256 {
    /// The digest of a file, or of a part of it, which is read in pieces.
    public static func hash(file path: String, _ range: Range<Int> = 0..<Int.max) throws(CryptoError) -> [UInt8] {
        let file = try FileReader(path)
        try file.skip(to: range.lowerBound)
        var left = range.count
        var digest = SHA256()
        var piece = [UInt8](repeating: 0, count: 1 << 17)
        while case let count = min(left, try file.read(into: &piece)), count > 0 {
            digest.update(piece[..<count])
            left -= count
        }
        return digest.finish()
    }
}
