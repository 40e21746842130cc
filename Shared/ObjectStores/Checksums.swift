import Crypto
public import JSON
public import Validation

/// The MD5 of bytes, as the header `Content-MD5` has it: 16 bytes in base 64.
/// Source: https://www.rfc-editor.org/rfc/rfc1864
public struct ContentMD5: Wrapper, Equatable {
    public let bytes: [UInt8]

    public var value: String { Base64.encode(bytes) }

    public init(of content: some Sequence<UInt8>) { bytes = MD5.hash(content) }

    /// - Returns: nil unless there are 16 of them.
    public init?(_ bytes: [UInt8]) {
        guard bytes.count == 16 else { return nil }
        self.bytes = bytes
    }

    /// - Parameter text: in base 64.
    public init?(_ text: String) {
        guard let bytes = Base64.decode(text) else { return nil }
        self.init(bytes)
    }

    public init(from decoder: any Decoder) throws {
        guard let digest = Self(try decoder.singleValueContainer().decode(String.self)) else {
            throw Refusal("must be an MD5: 16 bytes in base 64, such as \(Self.example.value)")
        }
        self = digest
    }

    public func encode(to encoder: any Encoder) throws { try value.encode(to: encoder) }

    public static var example: Self { Self(of: [UInt8]()) }
    public static var schema: JSON {
        ["type": "string", "pattern": "^[A-Za-z0-9+/]{21}[AQgw]==$", "examples": [.string(example.value)]]
    }
}

/// By which a store tells an object from any other that was at its key. Quotes stand around it in headers and not in messages.
public struct EntityTag: Sendable, Equatable {
    /// Without quotes.
    public let text: String

    /// - Returns: nil for an empty one.
    public init?(_ text: String) {
        // What compresses on the way marks it as weak.
        let bare = (text.hasPrefix("W/") ? text.dropFirst(2) : text[...]).filter { $0 != "\"" }
        guard !bare.isEmpty else { return nil }
        self.text = bare
    }
}

/// What a store tells of an object's bytes, beyond how many there are.
public enum StoredDigest: Sendable, Equatable {
    case whole(ContentMD5)
    /// The MD5 of the MD5s of the parts that it was made of.
    case parts(ContentMD5, count: Int)

    /// Of an object of these parts.
    public init(ofParts digests: [ContentMD5]) {
        self = .parts(ContentMD5(of: digests.flatMap(\.bytes)), count: digests.count)
    }
}

/// Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_Object.html, and for parts
/// https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html
extension S3 {
    public func digest(_ header: (String) -> String?) -> StoredDigest? {
        // With another key than S3's own the tag is no digest.
        guard header("x-amz-server-side-encryption") ?? "AES256" == "AES256",
            header("x-amz-server-side-encryption-customer-algorithm") == nil,
            let tag = header("ETag").flatMap(EntityTag.init)
        else { return nil }
        let parts = tag.text.split(separator: "-", omittingEmptySubsequences: false)
        guard let digest = Hex.decode(parts[0]).flatMap({ ContentMD5($0) }) else { return nil }
        if parts.count == 1 { return .whole(digest) }
        guard parts.count == 2, let count = Int(parts[1]) else { return nil }
        return .parts(digest, count: count)
    }

    public func tag(ofCompleted answer: [UInt8], _ header: (String) -> String?) -> EntityTag? {
        Markup.text(of: "ETag", in: answer).flatMap(EntityTag.init)
    }
}

/// Source: https://learn.microsoft.com/rest/api/storageservices/get-blob-properties
extension AzureBlob {
    /// What was put whole has one, whoever put it; what was made of blocks has none.
    public func digest(_ header: (String) -> String?) -> StoredDigest? {
        header("Content-MD5").flatMap { ContentMD5($0) }.map { .whole($0) }
    }

    public func tag(ofCompleted answer: [UInt8], _ header: (String) -> String?) -> EntityTag? {
        header("ETag").flatMap(EntityTag.init)
    }
}

extension VercelBlob {
    public func digest(_ header: (String) -> String?) -> StoredDigest? { nil }

    public func tag(ofCompleted answer: [UInt8], _ header: (String) -> String?) -> EntityTag? {
        (try? JSON(parsing: answer))?["etag"]?.text.flatMap(EntityTag.init)
    }
}

extension SignedRequest {
    static func digest(_ md5: ContentMD5?) -> [(String, String)] { md5.map { [("Content-MD5", $0.value)] } ?? [] }
}
