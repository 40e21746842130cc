@testable import Crypto
import Testing

@Suite struct SecretTests {
    private let hexadecimal = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"

    /// RFC 5869, case 3: no salt, no info; the first 32 of its 42 bytes.
    @Test func keyDerivation() {
        let key = hkdfSHA256([UInt8](repeating: 0x0b, count: 22), info: [])
        #expect(Hex.encode(key) == "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d")
    }

    @Test(arguments: ["", "\n"])
    func derivesKeysByLabel(lineEnd: String) throws {
        try withFile(Array((hexadecimal + lineEnd).utf8)) { path in
            let secret = try Secret(fileAt: path)
            #expect(secret.hexadecimal == hexadecimal)
            #expect(secret.key(for: "invitation").count == 32)
            #expect(secret.key(for: "invitation") == hkdfSHA256(Hex.decode(hexadecimal)!, info: Array("invitation".utf8)))
            #expect(secret.key(for: "invitation") != secret.key(for: "session"))
        }
    }

    @Test func neverPrintsItself() throws {
        try withFile(Array(hexadecimal.utf8)) { path in
            let secret = try Secret(fileAt: path)
            var dumped = ""
            dump(secret, to: &dumped)
            #expect("\(secret)" == "Secret")
            #expect(String(reflecting: secret) == "Secret")
            #expect(!dumped.contains("159"), "the first byte in decimal")
        }
    }

    @Test(arguments: [
        "", "abc", String(repeating: "0", count: 64), String(repeating: "0123456789abcdef", count: 4),
        "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
        "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a0",
        "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08ff",
        "zz86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08\n\n",
    ])
    func refusesUnfitContent(content: String) throws {
        try withFile(Array(content.utf8)) { path in
            #expect { try Secret(fileAt: path) } throws: { error in
                guard case CryptoError.unfitSecret(path, let reason) = error else { return false }
                return content.isEmpty || !reason.contains(content)
            }
        }
    }

    @Test(arguments: [(0o600, true), (0o400, true), (0o440, true), (0o604, false), (0o620, false), (0o666, false)])
    func readsOnlyPrivateFiles(mode: Int, isFit: Bool) throws {
        try withFile(Array(hexadecimal.utf8), mode: mode) { path in
            #expect(((try? Secret(fileAt: path)) != nil) == isFit)
        }
    }

    @Test func refusesWhatIsNoFile() {
        #expect(throws: CryptoError.unreadable(path: "/nowhere", reason: "No such file or directory")) {
            try Secret(fileAt: "/nowhere")
        }
        #expect(throws: CryptoError.unfitSecret(path: "/dev/null", reason: "it is not a regular file")) {
            try Secret(fileAt: "/dev/null")
        }
    }
}
