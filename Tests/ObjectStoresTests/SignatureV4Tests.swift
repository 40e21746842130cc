import Crypto
import ObjectStores
import Testing
import Validation

/// The examples that AWS publishes; thousands of others are compared by `Tests/ObjectStores/reference.py`.
struct SignatureV4Tests {
    static let secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
    private static let s3Secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"

    private static let unreserved = "-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    private static let empty = Hex.encode(SHA256.hash([]))

    /// A request of the suite, and its signature.
    struct Published: Sendable {
        var method = "GET"
        var path = "/"
        var query: [(String, String)] = []
        var headers = [("x-amz-date", "20150830T123600Z")]
        let signature: String

        static func asked(_ query: [(String, String)], _ signature: String) -> Self { Self(query: query, signature: signature) }
        static func at(_ path: String, _ signature: String) -> Self { Self(path: path, signature: signature) }
    }

    /// The test suite that AWS publishes, of a service called `service`; paths and queries are encoded before they are signed.
    /// Source: https://github.com/awslabs/aws-c-auth/tree/main/tests/aws-signing-test-suite/v4
    static let suite: [Published] = [
        .asked([], "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"),
        .asked([("Param2", "value2"), ("Param1", "value1")], "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500"),
        .asked([("Param1", "value1")], "a67d582fa61cc504c4bae71f336f98b97f1ea3c7a6bfe1b6e45aec72011b9aeb"),
        .asked([(unreserved, unreserved)], "9c3e54bfcdf0b19771a7f523ee5669cdf59bc7cc0884027167c21bb143a40197"),
        .asked([("%E1%88%B4", "bar")], "2cdec8eed098649ff3a119c94853b13c643bcf08f8b0a1d91e12c9027818dd04"),
        .asked(
            [("Param-3", "Value3"), ("Param", "Value2"), ("%E1%88%B4", "Value1")],
            "371d3713e185cc334048618a97f809c9ffe339c62934c032af5a0e595648fcac"),
        .at("/\(unreserved)", "07ef7494c76fa4850883e2b006601f940f8a34d404d0cfa977f52a65bbf5f24f"),
        .at("/%E1%88%B4", "8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85"),
        .at("/example%20space/", "652487583200325589f1fba4c7e578f72c47cb61beeca81406b39ddec1366741"),
        .at("//example//", "87cca117541a147f6df867677d98a7d80dff226d2bfca9e4ffa899665623c7e5"),
        Published(method: "POST", signature: "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"),
        Published(
            headers: [("x-amz-date", "20150830T123600Z"), ("my-header1", " value1"), ("my-header2", " \"a   b   c\"")],
            signature: "acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736"),
        // Signed in the query.
        Published(query: inQuery, headers: [], signature: "e93c787ed7f371d5c6b165c1b38ede9550f4dce4144713e844b25b7192d3865d"),
        Published(
            query: inQuery + [("X-Amz-Security-Token", "6e86291e8372ff2a2260956d9b8aae1d763fbf315fa00fa31553b73ebf194267")],
            headers: [], signature: "7ff2b50b376cb4d151970630573d6291dc128cc5c2a12ffb237f73cc53f67b6c"),
    ]
    private static let inQuery = [
        ("X-Amz-Algorithm", "AWS4-HMAC-SHA256"), ("X-Amz-Credential", "AKIDEXAMPLE%2F20150830%2Fus-east-1%2Fservice%2Faws4_request"),
        ("X-Amz-Date", "20150830T123600Z"), ("X-Amz-SignedHeaders", "host"), ("X-Amz-Expires", "3600"),
    ]

    @Test(arguments: suite)
    func requestsOfTheSuite(published: Published) throws {
        let now = try #require(Timestamp("2015-08-30T12:36:00Z"))
        let signature = SignatureV4(secretAccessKey: Self.secret, region: "us-east-1", service: "service", now: now)
        let request = SignatureV4.canonicalRequest(
            published.method, path: published.path, query: published.query.map { (name: $0.0, value: $0.1) },
            headers: (published.headers + [("host", "example.amazonaws.com")]).map { (name: $0.0, value: $0.1) }, payload: Self.empty)
        #expect(signature.sign(canonicalRequest: request) == published.signature)
    }

    /// The examples of S3's own pages, signed in headers.
    /// Source: https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
    @Test(arguments: [
        ("GET", "/test.txt", [], [("range", "bytes=0-9")], empty, "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"),
        (
            "PUT", "/test%24file.text", [], [("date", "Fri, 24 May 2013 00:00:00 GMT"), ("x-amz-storage-class", "REDUCED_REDUNDANCY")],
            Hex.encode(SHA256.hash("Welcome to Amazon S3.".utf8)), "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd"
        ),
        ("GET", "/", [("lifecycle", "")], [], empty, "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"),
        ("GET", "/", [("max-keys", "2"), ("prefix", "J")], [], empty, "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"),
    ] as [(String, String, [(String, String)], [(String, String)], String, String)])
    func examplesOfS3(
        method: String, path: String, query: [(String, String)], headers: [(String, String)], payload: String, expected: String
    ) throws {
        let now = try #require(Timestamp("2013-05-24T00:00:00Z"))
        let signature = SignatureV4(secretAccessKey: Self.s3Secret, region: "us-east-1", service: "s3", now: now)
        let all = headers + [
            ("host", "examplebucket.s3.amazonaws.com"), ("x-amz-date", "20130524T000000Z"), ("x-amz-content-sha256", payload),
        ]
        let request = SignatureV4.canonicalRequest(
            method, path: path, query: query.map { (name: $0.0, value: $0.1) }, headers: all.map { (name: $0.0, value: $0.1) },
            payload: payload)
        #expect(signature.sign(canonicalRequest: request) == expected)
    }

    /// Source: https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-post-example.html
    @Test func policyOfS3() throws {
        let policy = """
            { "expiration": "2015-12-30T12:00:00.000Z",\r
              "conditions": [\r
                {"bucket": "sigv4examplebucket"},\r
                ["starts-with", "$key", "user/user1/"],\r
                {"acl": "public-read"},\r
                {"success_action_redirect": "http://sigv4examplebucket.s3.amazonaws.com/successful_upload.html"},\r
                ["starts-with", "$Content-Type", "image/"],\r
                {"x-amz-meta-uuid": "14365123651274"},\r
                {"x-amz-server-side-encryption": "AES256"},\r
                ["starts-with", "$x-amz-meta-tag", ""],\r
            \r
                {"x-amz-credential": "AKIAIOSFODNN7EXAMPLE/20151229/us-east-1/s3/aws4_request"},\r
                {"x-amz-algorithm": "AWS4-HMAC-SHA256"},\r
                {"x-amz-date": "20151229T000000Z" }\r
              ]\r
            }
            """
        let now = try #require(Timestamp("2015-12-29T00:00:00Z"))
        let signature = SignatureV4(secretAccessKey: Self.s3Secret, region: "us-east-1", service: "s3", now: now)
        #expect(signature.sign(Base64.encode(policy.utf8)) == "8afdbf4008c03f22c2cd3cdb72e4afbb1f6a588f3255ac628749a66d7f09699e")
    }

    @Test func valuesOfHeadersAreTrimmed() {
        let request = SignatureV4.canonicalRequest(
            "GET", path: "/", query: [], headers: [("my-header", "  a   b  c ")], payload: "UNSIGNED-PAYLOAD")
        #expect(request == "GET\n/\n\nmy-header:a b c\n\nmy-header\nUNSIGNED-PAYLOAD")
    }

    /// Source: https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
    @Test func addressOfS3() throws {
        let credentials = S3.Credentials(
            accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: Self.s3Secret)
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
