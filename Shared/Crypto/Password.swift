import COpenSSL

/// Passwords, kept as scrypt hashes (RFC 7914) in PHC strings:
/// `$scrypt$ln=15,r=8,p=3$<salt>$<hash>`.
///
/// Of the settings that OWASP's Password Storage Cheat Sheet calls equivalent we
/// take N=2^15, r=8, p=3: the work of N=2^17, p=1 in 32 MiB instead of 128 MiB,
/// so that a small server can check several passwords at once.
///
/// A password is its UTF-8 bytes as typed; it is neither trimmed nor normalized.
public enum Password {
    private static let cost = Cost(logN: 15, r: 8, p: 3)

    /// A PHC string with a salt of its own, to store.
    public static func hash(_ password: String) throws(CryptoError) -> String {
        let salt = SecureRandom.bytes(16)
        let hash = try scrypt(password, salt: salt, cost: cost, count: 32)
        return StoredHash(cost: cost, salt: salt, hash: hash).description
    }

    /// Whether this is the password that was hashed. Pass nil where no account was
    /// found: the answer is then false, at the price of a true one, so that the
    /// time taken does not tell which accounts exist.
    ///
    /// - throws: `CryptoError.unfitPasswordHash` if the stored string is no scrypt
    ///   hash or its parameters are out of bounds.
    public static func verify(_ password: String, against stored: String?) throws(CryptoError) -> Bool {
        guard let stored else {
            _ = try scrypt(password, salt: SecureRandom.bytes(16), cost: cost, count: 32)
            return false
        }
        let known = try StoredHash(stored)
        let hash = try scrypt(password, salt: known.salt, cost: known.cost, count: known.hash.count)
        return constantTimeEquals(hash, known.hash)
    }
}

/// scrypt's parameters: N = 2^logN rounds, blocks of 128 r bytes, p passes.
struct Cost: Equatable {
    let logN: Int
    let r: Int
    let p: Int

    /// What one hash may ask of this process.
    static let mostMemory = 128 << 20

    /// Bytes that one pass holds.
    var memory: Int { 128 * r << logN }

    var isWithinBounds: Bool {
        (1...20).contains(logN) && (1...32).contains(r) && (1...16).contains(p)
            && memory <= Self.mostMemory
    }
}

/// The parts of a PHC string.
struct StoredHash: CustomStringConvertible {
    let cost: Cost
    let salt: [UInt8]
    let hash: [UInt8]

    var description: String {
        "$scrypt$ln=\(cost.logN),r=\(cost.r),p=\(cost.p)"
            + "$\(Base64.encodeUnpadded(salt))$\(Base64.encodeUnpadded(hash))"
    }
}

extension StoredHash {
    init(_ text: String) throws(CryptoError) {
        let parts = text.split(separator: "$", omittingEmptySubsequences: false)
        guard parts.count == 5, parts[0].isEmpty, parts[1] == "scrypt",
            let cost = Cost(parts[2]),
            let salt = Base64.decodeUnpadded(parts[3]),
            let hash = Base64.decodeUnpadded(parts[4])
        else { throw .unfitPasswordHash(reason: "it is not $scrypt$ln=…,r=…,p=…$salt$hash") }
        guard cost.isWithinBounds, (8...64).contains(salt.count), (16...64).contains(hash.count) else {
            throw .unfitPasswordHash(reason: "its parameters are out of bounds")
        }
        self.init(cost: cost, salt: salt, hash: hash)
    }
}

extension Cost {
    /// Reads `ln=15,r=8,p=3`.
    init?(_ text: Substring) {
        var values: [Int] = []
        let fields = text.split(separator: ",", omittingEmptySubsequences: false)
        guard fields.count == 3 else { return nil }
        for (field, name) in zip(fields, ["ln=", "r=", "p="]) {
            guard field.hasPrefix(name), let value = UInt16(field.dropFirst(name.count)) else { return nil }
            values.append(Int(value))
        }
        self.init(logN: values[0], r: values[1], p: values[2])
    }
}

func scrypt(
    _ password: String, salt: [UInt8], cost: Cost, count: Int
) throws(CryptoError) -> [UInt8] {
    let password = password.utf8.map { CChar(bitPattern: $0) }
    var hash = [UInt8](repeating: 0, count: count)
    // libcrypto counts its working blocks as well: allow as much again.
    let outcome = unsafe EVP_PBE_scrypt(
        password, password.count, salt, salt.count,
        1 << UInt64(cost.logN), UInt64(cost.r), UInt64(cost.p), UInt64(2 * Cost.mostMemory),
        &hash, count)
    guard outcome == 1 else { throw .library(drainErrors()) }
    return hash
}
