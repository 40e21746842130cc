import COpenSSL

/// Random bytes fit for keys and tokens, from libcrypto's generator.
public enum SecureRandom {
    public static func bytes(_ count: Int) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        unsafe require(RAND_bytes(&bytes, Int32(count)) == 1, "RAND_bytes")
        return bytes
    }
}
