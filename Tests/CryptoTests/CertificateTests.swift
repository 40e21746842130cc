import Crypto
import FoundationEssentials
import Testing

/// Certificates and signatures that `openssl req` and `openssl dgst -sign` made.
@Suite struct CertificateTests {
    private static let sha1 = """
        CDuM6zC0S51PDglK6hH87y6aGAHEM48kEUqSuT2vCufsYQeYbovf8Hl+evp+WLuBI7IppYoybcadm1n+rclPPuGuKIQPo5V2v45h\
        3Uj1MLLGSZCTevN2K3vvZIIKGQMs7kCAxfo8MjGGrf9JfscDK5DQDFlNHU4YVPhDqmXo8XkQNiT94UBlxREvNMVQlfQcGlgD8OUl\
        k4pI6WzL8PRKDdsaeXS0nRFUUz2PJAPBnFidlbRiBndrATL14xDFQhZ+Pfv/UMAJKvh07tMQIuolK5H4saUvV3SZaI9MuCWz3iiR\
        m+kiDZz9ro3VZNUwGYLHJBz8/ipW0vmXfVPWFfpiyA==
        """
    private static let sha256 = """
        bF833HoW8Rug/DoDIO4Q3lDHGDt1mki/Wjvp3tSzFEQzdm0svyCk4qoy7VMPTaItEKuJiB5PA5OcIlvCwQO84okTddKxzXM2wIyg\
        LDJYWAm+OQ1ZM6e8nxdD4aRGI7q84JE/pW7NXMvB5T7lEbOQr6WBS3VaFqgnNDJ1ubOu7924jZllUaRI1vr7WhbzyfroVRJ18Cdy\
        VpvAxNDzbhJ+ZafCvELeQ4y5RRJE1dbaZfN8w+qyY1xJh+G3snwaTrCx6CsKiAYk5MYvwfPJ6l5LJNFgZaKSBj7M/27pID4zuQgz\
        6TWF2LzLm1VYUw4y4QoXiJ3G26kHGECP8OpxKU0EsQ==
        """

    private func pem(_ name: String) throws -> [UInt8] {
        let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        return try Array(Data(contentsOf: tests.appendingPathComponent("Fixtures/StorageEvents/\(name).pem")))
    }

    @Test(arguments: [(Certificate.Digest.sha1, sha1), (.sha256, sha256)])
    func verifies(digest: Certificate.Digest, signature: String) throws {
        let certificate = try #require(Certificate(pem: pem("certificate")))
        let signature = try #require(Base64.decode(signature))
        #expect(certificate.verify(signature, of: "message".utf8, by: digest))
        #expect(!certificate.verify(signature, of: "messagf".utf8, by: digest))
        #expect(!certificate.verify(signature, of: "".utf8, by: digest))
        #expect(!certificate.verify(signature, of: "message".utf8, by: digest == .sha1 ? .sha256 : .sha1))
        #expect(!certificate.verify([], of: "message".utf8, by: digest))
        #expect(!certificate.verify(signature + [0], of: "message".utf8, by: digest))
        for index in stride(from: 0, to: signature.count, by: 17) {
            var wrong = signature
            wrong[index] ^= 1
            #expect(!certificate.verify(wrong, of: "message".utf8, by: digest))
        }
    }

    @Test func isInForceBetweenItsDates() throws {
        let certificate = try #require(Certificate(pem: pem("certificate")))
        let (from, to) = (1_577_836_800, 4_733_510_400)
        #expect(!certificate.isValid(at: 0) && !certificate.isValid(at: from - 1) && certificate.isValid(at: from + 1))
        #expect(certificate.isValid(at: to - 1) && !certificate.isValid(at: to + 1))
    }

    /// A key of 1024 bits, and one that is not RSA.
    @Test(arguments: ["certificate-short", "certificate-ec"])
    func otherKeysAreNotBelieved(name: String) throws {
        #expect(try Certificate(pem: pem(name)) == nil)
    }

    @Test func whatIsNoCertificate() throws {
        let pem = try pem("certificate")
        let text = String(decoding: pem, as: UTF8.self)
        for wrong in [
            [], Array("certificate".utf8), Array(pem.dropLast(40)), Array(text.replacing("MII", with: "AII").utf8),
            Array(text.replacing("CERTIFICATE", with: "PRIVATE KEY").utf8), [UInt8](repeating: 65, count: 70_000),
            Array(text.replacing("-----\nMII", with: "-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00000000000000000000000000000000\n\nMII").utf8),
        ] {
            #expect(Certificate(pem: wrong) == nil)
        }
    }
}
