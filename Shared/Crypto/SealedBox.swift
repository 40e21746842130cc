import COpenSSL

/// Encrypts what is kept, so that who reads the database alone learns nothing: AES-256-GCM
/// (NIST SP 800-38D) with a random nonce of 12 bytes, which comes first; the tag of 16 comes last.
public struct SealedBox: Sendable {
    private let key: [UInt8]

    private static let nonceLength = 12
    private static let tagLength = 16

    /// - parameter key: 32 bytes.
    public init(key: [UInt8]) {
        precondition(key.count == 32, "AES-256 has keys of 32 bytes")
        self.key = key
    }

    public func seal(_ bytes: [UInt8]) -> [UInt8] {
        let nonce = SecureRandom.bytes(Self.nonceLength)
        let context = unsafe EVP_CIPHER_CTX_new()
        defer { unsafe EVP_CIPHER_CTX_free(context) }
        var sealed = [UInt8](repeating: 0, count: bytes.count)
        var tag = [UInt8](repeating: 0, count: Self.tagLength)
        var length: CInt = 0
        unsafe require(EVP_EncryptInit_ex2(context, EVP_aes_256_gcm(), key, nonce, nil) == 1, "AES-256-GCM")
        unsafe require(EVP_EncryptUpdate(context, &sealed, &length, bytes, CInt(bytes.count)) == 1, "AES-256-GCM")
        unsafe require(EVP_EncryptFinal_ex(context, nil, &length) == 1, "AES-256-GCM")
        unsafe require(
            EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, CInt(Self.tagLength), &tag) == 1, "AES-256-GCM")
        return nonce + sealed + tag
    }

    /// Nil for anything that this key has not sealed.
    public func open(_ box: [UInt8]) -> [UInt8]? {
        guard box.count >= Self.nonceLength + Self.tagLength else { return nil }
        let sealed = Array(box.dropFirst(Self.nonceLength).dropLast(Self.tagLength))
        var tag = Array(box.suffix(Self.tagLength))
        let context = unsafe EVP_CIPHER_CTX_new()
        defer { unsafe EVP_CIPHER_CTX_free(context) }
        var bytes = [UInt8](repeating: 0, count: sealed.count)
        var length: CInt = 0
        let nonce = Array(box.prefix(Self.nonceLength))
        unsafe require(EVP_DecryptInit_ex2(context, EVP_aes_256_gcm(), key, nonce, nil) == 1, "AES-256-GCM")
        unsafe require(EVP_DecryptUpdate(context, &bytes, &length, sealed, CInt(sealed.count)) == 1, "AES-256-GCM")
        unsafe require(
            EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, CInt(Self.tagLength), &tag) == 1, "AES-256-GCM")
        guard unsafe EVP_DecryptFinal_ex(context, nil, &length) == 1 else {
            _ = drainErrors()
            return nil
        }
        return bytes
    }
}

extension SealedBox: CustomStringConvertible, CustomReflectable {
    public var description: String { "SealedBox" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
