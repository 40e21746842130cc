import COpenSSL

/// An X.509 certificate (RFC 5280) whose RSA key signs something.
///
/// Only its dates and its key are looked at. Whose it is must be known from where it came.
@safe public final class Certificate {
    /// Owned here alone; freed in `deinit`.
    private let certificate: OpaquePointer
    private let key: OpaquePointer

    /// Shorter keys are not believed.
    private static let fewestBits: Int32 = 2048
    /// No certificate has more bytes.
    private static let mostBytes = 64 << 10

    /// Digests that RSA signatures with PKCS #1 padding (RFC 8017 section 8.2) are made of.
    public enum Digest: Sendable {
        /// Broken for whoever may choose what is signed; for senders who know no better.
        case sha1
        case sha256
    }

    /// - Parameter pem: the first certificate in it counts.
    /// - Returns: nil for what is no certificate, and for one without an RSA key of 2048 bits or more.
    public init?(pem: [UInt8]) {
        guard !pem.isEmpty, pem.count <= Self.mostBytes, let certificate = unsafe Self.read(pem) else {
            _ = drainErrors()
            return nil
        }
        guard let key = unsafe X509_get_pubkey(certificate) else {
            unsafe X509_free(certificate)
            _ = drainErrors()
            return nil
        }
        guard unsafe EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA, unsafe EVP_PKEY_get_bits(key) >= Self.fewestBits else {
            unsafe EVP_PKEY_free(key)
            unsafe X509_free(certificate)
            return nil
        }
        unsafe self.certificate = certificate
        unsafe self.key = key
    }

    deinit {
        unsafe EVP_PKEY_free(key)
        unsafe X509_free(certificate)
    }

    private static func read(_ pem: [UInt8]) -> OpaquePointer? {
        unsafe pem.withUnsafeBytes { bytes in
            // It reads where the bytes lie, so it ends before they may move.
            guard let source = unsafe BIO_new_mem_buf(bytes.baseAddress, Int32(bytes.count)) else { return nil }
            defer { unsafe BIO_free(source) }
            // An empty password: without one it would ask at the terminal.
            var password: CChar = 0
            return unsafe PEM_read_bio_X509(source, nil, nil, &password)
        }
    }

    /// Whether it may be used at a time, in seconds since 1970.
    public func isValid(at seconds: Int) -> Bool {
        var time = time_t(seconds)
        return unsafe X509_cmp_time(X509_get0_notBefore(certificate), &time) < 0
            && X509_cmp_time(X509_get0_notAfter(certificate), &time) > 0
    }

    /// Whether the certificate's key made the signature of the message.
    public func verify(_ signature: [UInt8], of message: some Sequence<UInt8>, by digest: Digest) -> Bool {
        let context = unsafe EVP_MD_CTX_new()
        defer { unsafe EVP_MD_CTX_free(context) }
        let algorithm = unsafe digest == .sha256 ? EVP_sha256() : EVP_sha1()
        unsafe require(EVP_DigestVerifyInit(context, nil, algorithm, nil, key) == 1, "a signature's key")
        return unsafe withBytes(message) { message in
            let isGenuine = unsafe EVP_DigestVerify(
                context, signature, signature.count, message.baseAddress, message.count) == 1
            _ = drainErrors()
            return isGenuine
        }
    }
}
