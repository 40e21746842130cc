@testable import Crypto
import Testing

@Suite struct PasswordTests {
    /// RFC 7914 section 12, without the one that takes a gigabyte.
    @Test(arguments: [
        (
            "", "", Cost(logN: 4, r: 1, p: 1),
            "77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906"
        ),
        (
            "password", "NaCl", Cost(logN: 10, r: 8, p: 16),
            "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b3731622eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640"
        ),
        (
            "pleaseletmein", "SodiumChloride", Cost(logN: 14, r: 8, p: 1),
            "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887"
        ),
    ])
    func publishedVectors(password: String, salt: String, cost: Cost, hash: String) throws {
        #expect(try Hex.encode(scrypt(password, salt: Array(salt.utf8), cost: cost, count: 64)) == hash)
    }

    @Test(arguments: ["correct horse battery staple", "", "pässwörd 面接 🔑", "nul\0inside"])
    func hashesAndVerifies(password: String) throws {
        let stored = try Password.hash(password)
        #expect(stored.hasPrefix("$scrypt$ln=15,r=8,p=3$"))
        #expect(try Password.verify(password, against: stored))
        #expect(try !Password.verify(password + "x", against: stored))
    }

    @Test func saltsDiffer() throws {
        #expect(try Password.hash("same") != Password.hash("same"))
    }

    /// Two passwords that agree up to a NUL are two passwords.
    @Test func readsPastNUL() throws {
        #expect(try !Password.verify("nul\0other", against: Password.hash("nul\0inside")))
    }

    @Test func unknownAccountsNeverMatch() throws {
        #expect(try !Password.verify("", against: nil))
    }

    /// Made by Python: hashlib.scrypt(b"pleaseletmein", salt=b"SodiumChloride", n=2**14, r=8, p=1, dklen=32).
    @Test func honoursTheParametersInTheString() throws {
        let stored = "$scrypt$ln=14,r=8,p=1$U29kaXVtQ2hsb3JpZGU$cCO9yzr9c0hGHAbNgf046/2o+7qQT44+qbVD9lRdofI"
        #expect(try Password.verify("pleaseletmein", against: stored))
        #expect(try !Password.verify("pleaseletmeIn", against: stored))
    }

    @Test(arguments: [
        "", "plain", "$2b$12$abc", "$scrypt$ln=15,r=8,p=3$", "$scrypt$ln=15,r=8$AAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
        "$scrypt$ln=-1,r=8,p=1$AAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
        "$scrypt$ln=0,r=8,p=1$AAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
        "$scrypt$ln=21,r=1,p=1$AAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
        "$scrypt$ln=18,r=8,p=1$AAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
        "$scrypt$ln=14,r=8,p=17$AAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
        "$scrypt$ln=14,r=8,p=1$AAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
        "$scrypt$ln=14,r=8,p=1$AAAAAAAAAAA$AAAA",
        "$scrypt$ln=14,r=8,p=1$AAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA$",
        "$scrypt$ln=14,r=8,p=1$AAAAAAAAAAA=$AAAAAAAAAAAAAAAAAAAAAA",
    ])
    func refusesUnfitHashes(stored: String) {
        #expect {
            try Password.verify("any", against: stored)
        } throws: { error in
            guard case CryptoError.unfitPasswordHash = error else { return false }
            return true
        }
    }
}
