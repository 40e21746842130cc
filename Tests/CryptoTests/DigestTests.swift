import Crypto
import FoundationEssentials
import Testing

@Suite struct DigestTests {
    /// FIPS 180-4 examples and the empty message.
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
    ])
    func sha256(message: String, digest: String) {
        #expect(Hex.encode(SHA256.hash(message.utf8)) == digest)
    }

    @Test func sha256InPieces() {
        let piece = [UInt8](repeating: UInt8(ascii: "a"), count: 1000)
        var digest = SHA256()
        for _ in 0..<1000 { digest.update(piece) }
        #expect(Hex.encode(digest.finish()) == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
    }

    @Test(arguments: [
        (PartDigest.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (.sha1, "a9993e364706816aba3e25717850c26c9cd0d89d"),
    ])
    func digestsOfParts(algorithm: PartDigest, digest: String) {
        let running = PartDigest.Running(algorithm)
        for piece in ["a", "", "bc"] { running.update(piece.utf8) }
        let found = running.finish()
        #expect(Hex.encode(found) == digest && found.count == algorithm.length)
    }

    /// RFC 4231, cases 1 to 4, 6 and 7 (5 is about truncation).
    @Test(arguments: [
        (
            [UInt8](repeating: 0x0b, count: 20), Array("Hi There".utf8),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
        ),
        (
            Array("Jefe".utf8), Array("what do ya want for nothing?".utf8),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        ),
        (
            [UInt8](repeating: 0xaa, count: 20), [UInt8](repeating: 0xdd, count: 50),
            "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"
        ),
        (
            [UInt8](1...25), [UInt8](repeating: 0xcd, count: 50),
            "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"
        ),
        (
            [UInt8](repeating: 0xaa, count: 131),
            Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
        ),
        (
            [UInt8](repeating: 0xaa, count: 131),
            Array(
                "This is a test using a larger than block-size key and a larger than block-size data. The key needs to be hashed before being used by the HMAC algorithm."
                    .utf8),
            "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"
        ),
    ])
    func hmac(key: [UInt8], message: [UInt8], tag: String) {
        #expect(Hex.encode(HMACSHA256.sign(message, key: key)) == tag)
    }

    @Test func hmacRefusesWhatWasTamperedWith() {
        let key = [UInt8](1...32), message = Array("message".utf8)
        let tag = HMACSHA256.sign(message, key: key)
        #expect(HMACSHA256.verify(tag, of: message, key: key))
        for index in tag.indices {
            var wrong = tag
            wrong[index] ^= 1
            #expect(!HMACSHA256.verify(wrong, of: message, key: key))
        }
        #expect(!HMACSHA256.verify(Array(tag.dropLast()), of: message, key: key))
        #expect(!HMACSHA256.verify([], of: message, key: key))
        #expect(!HMACSHA256.verify(tag, of: message + [0], key: key))
        #expect(!HMACSHA256.verify(tag, of: message, key: [UInt8](2...33)))
    }

    @Test func comparesWhole() {
        #expect(constantTimeEquals([], []))
        #expect(constantTimeEquals([1, 2], [1, 2]))
        #expect(!constantTimeEquals([1, 2], [1, 3]))
        #expect(!constantTimeEquals([1, 2], [1]))
    }

    /// RFC 1321, and the example of nginx's `secure_link_md5` documentation.
    @Test func md5() throws {
        #expect(Hex.encode(MD5.hash("".utf8)) == "d41d8cd98f00b204e9800998ecf8427e")
        #expect(Hex.encode(MD5.hash("abc".utf8)) == "900150983cd24fb0d6963f7d28e17f72")
        let content = [UInt8](repeating: UInt8(ascii: "a"), count: 300_000)
        try withFile(content) { path in
            let digest = try MD5.hash(file: path)
            #expect(digest == MD5.hash(content))
        }
        #expect(throws: CryptoError.self) { try MD5.hash(file: "/nowhere") }
        #expect(Base64URL.encode(MD5.hash("2147483647/s/link127.0.0.1 secret".utf8)) == "_e4Nc3iduzkWRm01TBBNYw")
    }

    @Test func randomBytesDiffer() {
        #expect(SecureRandom.bytes(0).isEmpty)
        #expect(Set((0..<100).map { _ in SecureRandom.bytes(16) }).count == 100)
    }
}
