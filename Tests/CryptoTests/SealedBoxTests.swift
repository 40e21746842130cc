@testable import Crypto
import Testing

@Suite struct SealedBoxTests {
    private let box = SealedBox(key: Array(0..<32))

    @Test(arguments: [0, 1, 15, 16, 17, 100_000])
    func opensWhatItSealed(count: Int) {
        let bytes = SecureRandom.bytes(count)
        let sealed = box.seal(bytes)
        #expect(sealed.count == count + 28)
        #expect(box.open(sealed) == bytes)
    }

    /// NIST's GCM vectors (SP 800-38D), gcmEncryptExtIV256: the first with 128 bits of text.
    @Test func opensWhatOthersSealed() throws {
        let box = SealedBox(key: try #require(Hex.decode("31bdadd96698c204aa9ce1448ea94ae1fb4a9a0b3c9d773b51bb1822666b8f22")))
        let sealed = try #require(
            Hex.decode("0d18e06c7c725ac9e362e1ce" + "fa4362189661d163fcd6a56d8bf0405a" + "d636ac1bbedd5cc3ee727dc2ab4a9489"))
        #expect(box.open(sealed) == Hex.decode("2db5168e932556f8089a0622981d017d"))
    }

    @Test func sealsTheSameDifferently() { #expect(box.seal([1, 2, 3]) != box.seal([1, 2, 3])) }

    @Test func opensNothingThatWasChanged() {
        let sealed = box.seal(Array("an answer".utf8))
        for index in sealed.indices {
            var changed = sealed
            changed[index] ^= 1
            #expect(box.open(changed) == nil, "byte \(index)")
        }
        for count in 0..<sealed.count { #expect(box.open(Array(sealed.prefix(count))) == nil) }
        #expect(SealedBox(key: Array(1...32)).open(sealed) == nil)
    }

    @Test func neverPrintsItsKey() { #expect("\(box)" == "SealedBox") }
}
