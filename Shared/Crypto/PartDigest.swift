import COpenSSL

/// Digests of what clients send, by the names that tus gives them.
///
/// SHA-1 is here because that protocol demands it; against accidents, which are all it guards
/// against there, it is good enough.
public enum PartDigest: String, CaseIterable, Sendable {
    case sha256, sha1

    /// The number of bytes in a digest.
    public var length: Int {
        switch self {
        case .sha256: 32
        case .sha1: 20
        }
    }

    /// A digest of bytes that come piece by piece.
    @safe public final class Running {
        /// Owned here alone; freed in `deinit`.
        private let context: OpaquePointer
        private let length: Int

        public init(_ digest: PartDigest) {
            length = digest.length
            let context = unsafe EVP_MD_CTX_new()
            let algorithm = unsafe digest == .sha256 ? EVP_sha256() : EVP_sha1()
            unsafe require(EVP_DigestInit_ex2(context, algorithm, nil) == 1, "a part's digest")
            unsafe self.context = context!
        }

        deinit { unsafe EVP_MD_CTX_free(context) }

        public func update(_ bytes: some Sequence<UInt8>) {
            unsafe withBytes(bytes) { bytes in
                unsafe require(EVP_DigestUpdate(context, bytes.baseAddress, bytes.count) == 1, "a part's digest")
            }
        }

        /// The digest of all that came. Nothing may come after.
        public func finish() -> [UInt8] {
            var digest = [UInt8](repeating: 0, count: length)
            unsafe require(EVP_DigestFinal_ex(context, &digest, nil) == 1, "a part's digest")
            return digest
        }
    }
}
