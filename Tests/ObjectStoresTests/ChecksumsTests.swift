import JSON
import ObjectStores
import Testing
import Validation

struct ChecksumsTests {
    /// RFC 1864's form, of RFC 1321's "abc".
    static let abc = "kAFQmDzST7DWlj99KOF/cg=="

    @Test func formOfAHeader() throws {
        #expect(ContentMD5(of: "abc".utf8).value == Self.abc)
        #expect(try #require(ContentMD5(Self.abc)).bytes.count == 16)
        #expect(ContentMD5(Self.abc) == ContentMD5(of: "abc".utf8))
    }

    /// Too short, too long, no base 64, other alphabets, white space, stray bits, hexadecimal.
    @Test(arguments: [
        "", "kAFQmDzST7DWlj99KOF/", "kAFQmDzST7DWlj99KOF/cgA=", "kAFQmDzST7DWlj99KOF/cg", "kAFQmDzST7DWlj99KOF_cg==",
        " kAFQmDzST7DWlj99KOF/cg==", "kAFQmDzST7DWlj99KOF/ch==", "900150983cd24fb0d6963f7d28e17f72", "kAFQmDzST7DWlj99KO!/cg==",
    ])
    func whatIsNoDigest(text: String) {
        #expect(ContentMD5(text) == nil)
        #expect(throws: (any Error).self) { try InputDecoder.decode(Order.self, from: ["md5": .string(text)]) }
    }

    private struct Order: Decodable {
        let md5: ContentMD5
    }

    @Test(arguments: [
        ("\"abc\"", "abc"), ("abc", "abc"), ("W/\"abc\"", "abc"), ("\"Weak\"", "Weak"), ("\"\"", nil), ("", nil),
    ] as [(String, String?)])
    func tagsWithoutQuotes(text: String, bare: String?) { #expect(EntityTag(text)?.text == bare) }

    // ---- What answers tell

    static let whole = "900150983cd24fb0d6963f7d28e17f72"
    static let ofParts = StoredDigest(ofParts: [ContentMD5(of: "a".utf8), ContentMD5(of: "b".utf8)])

    private func s3() throws -> S3 {
        try #require(
            S3(
                endpoint: "https://s3.example", bucket: "answers", region: "us-east-1",
                credentials: .init(accessKeyId: "a", secretAccessKey: "b")))
    }

    private func digest(_ headers: [String: String]) throws -> StoredDigest? { try s3().digest { headers[$0] } }

    @Test func tagsOfS3AreDigests() throws {
        #expect(try digest(["ETag": "\"\(Self.whole)\""]) == .whole(ContentMD5(of: "abc".utf8)))
        #expect(try digest(["ETag": "\"\(Self.whole)\"", "x-amz-server-side-encryption": "AES256"]) != nil)
        // `{ printf a | openssl md5 -binary; printf b | openssl md5 -binary; } | md5sum`
        #expect(try digest(["ETag": "\"96e024ba2074fe77e8e965ba43a704be-2\""]) == Self.ofParts)
    }

    /// Encrypted with a key of somebody's own, or made in another way than S3's.
    @Test(arguments: [
        ["x-amz-server-side-encryption": "aws:kms"], ["x-amz-server-side-encryption": "aws:kms:dsse"],
        ["x-amz-server-side-encryption-customer-algorithm": "AES256"], ["ETag": "\"CJDG+fLn\""], ["ETag": "\"\(whole)-\""],
        ["ETag": "\"\(whole)-2-3\""], ["ETag": "\"\""],
    ])
    func tagsOfS3AreNotAlwaysDigests(headers: [String: String]) throws {
        #expect(try digest(["ETag": "\"\(Self.whole)\""].merging(headers) { $1 }) == nil)
        #expect(try digest([:]) == nil)
    }

    @Test func azureTellsOfWhatWasPutWhole() {
        let container = AzureBlob(endpoint: "https://a.example", account: "a", container: "b", key: .account([1]))
        #expect(container.digest { ["Content-MD5": Self.abc][$0] } == .whole(ContentMD5(of: "abc".utf8)))
        #expect(container.digest { ["ETag": "\"0x8D4BCC2E4835CD0\""][$0] } == nil)
        #expect(container.tag(ofCompleted: []) { ["ETag": "\"0x8D4BCC2E4835CD0\""][$0] }?.text == "0x8D4BCC2E4835CD0")
    }

    @Test func tagsOfWhatWasPutTogether() throws {
        let answer = "<CompleteMultipartUploadResult><ETag>&quot;\(Self.whole)-2&quot;</ETag></CompleteMultipartUploadResult>"
        #expect(try s3().tag(ofCompleted: Array(answer.utf8)) { _ in nil }?.text == "\(Self.whole)-2")
        let store = try #require(VercelBlob(readWriteToken: "vercel_blob_rw_store_secret"))
        #expect(store.tag(ofCompleted: Array(#"{"etag": "\"abc\""}"#.utf8)) { _ in nil }?.text == "abc")
        #expect(store.tag(ofCompleted: Array("<html>".utf8)) { _ in nil } == nil)
    }
}
