import Glibc

/// A secret of this installation: 32 random bytes, kept in a file as 64 hexadecimal
/// characters (`openssl rand -hex 32`). What is used are the keys derived from it, so
/// that a key that leaks opens one door.
public struct Secret: Sendable {
    private let bytes: [UInt8]

    /// Reads the file. Refuses one that users outside its owner and group may
    /// touch (a group may read it, as Kubernetes mounts secrets so), one that is
    /// not 64 hexadecimal characters with at most a line end after them, and one
    /// that a person has plainly typed.
    public init(fileAt path: String) throws(CryptoError) {
        let file = try FileReader(path)
        let mode = try file.mode()
        guard mode & S_IFMT == S_IFREG else {
            throw .unfitSecret(path: path, reason: "it is not a regular file")
        }
        guard mode & (S_IRWXO | S_IWGRP) == 0 else {
            throw .unfitSecret(path: path, reason: "others may read or change it; run chmod 600")
        }
        var text = [UInt8](repeating: 0, count: 128)
        let count = try file.read(into: &text)
        text.removeSubrange(count...)
        if text.last == UInt8(ascii: "\n") { text.removeLast() }
        guard text.count == 64, let bytes = Hex.decode(String(decoding: text, as: UTF8.self)) else {
            throw .unfitSecret(path: path, reason: "it must hold 64 hexadecimal characters")
        }
        guard Self.looksRandom(bytes) else {
            throw .unfitSecret(path: path, reason: "it is not random; run openssl rand -hex 32")
        }
        self.bytes = bytes
    }

    /// The 32-byte key for one purpose: HKDF-SHA256 (RFC 5869) without salt, the
    /// label as info. The same label always gives the same key; different labels
    /// give unrelated ones.
    public func key(for label: String) -> [UInt8] {
        hkdfSHA256(bytes, info: Array(label.utf8))
    }

    /// The secret itself, as its file has it: for one that is shared with nginx's
    /// `secure_link_md5`, which cannot derive keys.
    public var hexadecimal: String { Hex.encode(bytes) }

    /// Catches zeros, repeated patterns and counting sequences. Of 32 random
    /// bytes about 30 differ; fewer than 16 never happens.
    private static func looksRandom(_ bytes: [UInt8]) -> Bool {
        let steps = zip(bytes.dropFirst(), bytes).map { $0 &- $1 }
        return Set(bytes).count >= 16 && Set(steps).count >= 16
    }
}

extension Secret: CustomStringConvertible, CustomReflectable {
    public var description: String { "Secret" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}

/// The first 32 bytes of HKDF-SHA256 without salt: one block of output, which
/// takes one HMAC to extract and one to expand.
func hkdfSHA256(_ material: [UInt8], info: [UInt8]) -> [UInt8] {
    let extracted = HMACSHA256.sign(material, key: [UInt8](repeating: 0, count: 32))
    return HMACSHA256.sign(info + [1], key: extracted)
}
