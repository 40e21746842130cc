import COpenSSL

/// What went wrong, without the secret it went wrong with.
public enum CryptoError: Error, Equatable, CustomStringConvertible {
    /// The file could not be opened or read; `reason` is the system's text.
    case unreadable(path: String, reason: String)
    /// The file was read, but cannot be used as a secret.
    case unfitSecret(path: String, reason: String)
    /// A stored password hash is not `$scrypt$…`, or asks for more than we spend.
    case unfitPasswordHash(reason: String)
    /// libcrypto refused; in practice memory ran out.
    case library(String)

    public var description: String {
        switch self {
        case .unreadable(let path, let reason): "cannot read \(path): \(reason)"
        case .unfitSecret(let path, let reason): "cannot use the secret in \(path): \(reason)"
        case .unfitPasswordHash(let reason): "cannot use a stored password hash: \(reason)"
        case .library(let reason): "libcrypto failed: \(reason)"
        }
    }
}

/// Takes every error off this thread's queue, so that none is blamed on a later
/// call, and returns the oldest.
func drainErrors() -> String {
    let first = ERR_get_error()
    while ERR_get_error() != 0 {}
    guard first != 0, let text = unsafe ERR_reason_error_string(first) else { return "no reason given" }
    return unsafe String(cString: text)
}

/// Digests, MACs and random bytes fail only where libcrypto itself is broken
/// (no provider, no entropy, no memory). To stop is then the one safe answer.
func require(_ success: Bool, _ call: StaticString) {
    guard !success else { return }
    fatalError("\(call): \(drainErrors())")
}

/// Lends the bytes in one piece, copying only where they do not already lie so.
func withBytes<Result>(
    _ bytes: some Sequence<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) -> Result
) -> Result {
    if let result = bytes.withContiguousStorageIfAvailable(body) { return result }
    return unsafe Array(bytes).withUnsafeBufferPointer(body)
}
