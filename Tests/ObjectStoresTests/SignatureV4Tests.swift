import Crypto
import ObjectStores
import Testing
import Validation

/// The examples that AWS publishes; thousands of others are compared by `Tests/ObjectStores/reference.py`.
struct SignatureV4Tests {
    static let secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"

    /// The test suite that AWS publishes for signatures in a header, of a service called `service`.
    /// Source: https://github.com/awslabs/aws-c-auth/tree/main/tests/aws-signing-test-suite/v4
    @Test(arguments: [
        ("GET", [], "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"),
        (
            "GET", [("Param2", "value2"), ("Param1", "value1")],
            "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500"
        ),
        ("POST", [], "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"),
    ] as [(String, [(String, String)], String)])
    func suite(method: String, query: [(String, String)], expected: String) throws {
        let now = try #require(Timestamp("2015-08-30T12:36:00Z"))
        let signature = SignatureV4(secretAccessKey: Self.secret, region: "us-east-1", service: "service", now: now)
        let request = SignatureV4.canonicalRequest(
            method, path: "/", query: query.map { (name: $0.0, value: $0.1) },
            headers: [("x-amz-date", "20150830T123600Z"), ("host", "example.amazonaws.com")],
            payload: Hex.encode(SHA256.hash([])))
        #expect(signature.sign(canonicalRequest: request) == expected)
    }

    @Test func valuesOfHeadersAreTrimmed() {
        let request = SignatureV4.canonicalRequest(
            "GET", path: "/", query: [], headers: [("my-header", "  a   b  c ")], payload: "UNSIGNED-PAYLOAD")
        #expect(request == "GET\n/\n\nmy-header:a b c\n\nmy-header\nUNSIGNED-PAYLOAD")
    }

    /// Source: https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
    @Test func addressOfS3() throws {
        let credentials = S3.Credentials(
            accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")
        let bucket = try #require(
            S3(
                endpoint: "https://s3.amazonaws.com", bucket: "examplebucket", region: "us-east-1", addressing: .virtual,
                credentials: credentials))
        let now = try #require(Timestamp("2013-05-24T00:00:00Z"))
        let address = bucket.presign("GET", "test.txt", expires: 86400, now: now)
        #expect(address.hasPrefix("https://examplebucket.s3.amazonaws.com/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&"))
        #expect(
            address.hasSuffix("&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404"))
    }

    @Test(arguments: ["s3.example", "ftp://s3.example", "https://", "https://s3.example?x=1", "https://user@s3.example"])
    func whatIsNoEndpoint(text: String) {
        let credentials = S3.Credentials(accessKeyId: "a", secretAccessKey: "b")
        #expect(S3(endpoint: text, bucket: "answers", region: "us-east-1", credentials: credentials) == nil)
    }

    @Test(arguments: ["", "vercel_blob_client_store_secret", "vercel_blob_rw__secret", "vercel_blob_rw_store_"])
    func whatIsNoTokenOfVercel(text: String) {
        #expect(VercelBlob(readWriteToken: text) == nil)
    }

    @Test func messagesOfVercel() throws {
        let store = try #require(VercelBlob(readWriteToken: "vercel_blob_rw_store_secret"))
        let body = Array(#"{"type":"blob.upload-completed"}"#.utf8)
        let signature = Hex.encode(HMACSHA256.sign(body, key: Array("vercel_blob_rw_store_secret".utf8)))
        #expect(store.verify(signature, of: body))
        #expect(!store.verify(signature, of: body + [32]))
        #expect(!store.verify("", of: body))
    }
}
