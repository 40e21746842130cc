public import Validation

/// A store of objects that is reached by HTTP. It is asked by requests that are each signed for themselves, so that whoever
/// holds one may send it: a browser for what it stores and plays, we for everything else. Nothing here sends anything.
public protocol RemoteStore: Sendable {
    /// The bucket or container as the provider names it when it tells of objects.
    var bucket: String { get }
    /// The address of an object, without permission to do anything with it.
    func url(of key: String) -> String
    /// The address at which a browser plays an object.
    func playbackURL(of key: String, expires: Int, now: Timestamp) -> String

    func head(_ key: String, expires: Int, now: Timestamp) -> SignedRequest
    /// - Parameter range: the bytes wanted; nil for all.
    func get(_ key: String, range: ClosedRange<Int>?, expires: Int, now: Timestamp) -> SignedRequest
    /// An address that makes a browser save the object under a name, whatever it holds.
    /// - Parameter name: ASCII letters, digits, `-`, `_` and `.`.
    func download(_ key: String, as name: String, expires: Int, now: Timestamp) -> String
    /// What the answer to ``head(_:expires:now:)`` tells of an object's bytes; nil where it tells nothing that can be compared.
    /// - Parameter header: looks one up by its name.
    func digest(_ header: (String) -> String?) -> StoredDigest?
    /// To store an object where there is none.
    /// - Parameters:
    ///   - size: in bytes, when it is known.
    ///   - md5: of the bytes, when it is known: stores that know the header take no others then.
    func put(_ key: String, contentType: String, size: Int?, md5: ContentMD5?, expires: Int, now: Timestamp) -> SignedRequest
    func copy(_ key: String, to target: String, expires: Int, now: Timestamp) -> SignedRequest
    func delete(_ key: String, expires: Int, now: Timestamp) -> SignedRequest

    /// The bytes of every part but the last, and the most that the last may have. With one size for all, a part that arrives
    /// late, after it was sent again, is the same part.
    var smallestPart: Int { get }
    /// To begin an upload in parts; nil where it needs no beginning.
    func beginParts(_ key: String, contentType: String, expires: Int, now: Timestamp) -> SignedRequest?
    /// The upload's name, from the answer to its beginning.
    func uploadName(in answer: [UInt8]) -> String?
    /// - Parameters:
    ///   - number: from 1.
    ///   - md5: as in ``put(_:contentType:size:md5:expires:now:)``.
    func putPart(
        _ number: Int, of upload: PartialUpload, size: Int, md5: ContentMD5?, expires: Int, now: Timestamp
    ) -> SignedRequest
    /// To hear which parts have arrived; nil where the store tells only the sender of each, by its tag.
    func listParts(of upload: PartialUpload, expires: Int, now: Timestamp) -> SignedRequest?
    /// What has arrived, in order, from the answer to ``listParts(of:expires:now:)``.
    func parts(in answer: [UInt8]) -> [StoredPart]
    /// To make an object of the parts. Azure and Vercel do so where there is none; at S3 nobody is permitted another at its key.
    func completeParts(
        of upload: PartialUpload, _ parts: [StoredPart], contentType: String, expires: Int, now: Timestamp
    ) -> SignedRequest
    /// The tag of the object that was made, from the answer to that.
    func tag(ofCompleted answer: [UInt8], _ header: (String) -> String?) -> EntityTag?
    /// To have the parts removed; nil where the store does so by itself or not at all.
    func abandonParts(of upload: PartialUpload, expires: Int, now: Timestamp) -> SignedRequest?

    /// The objects whose keys begin with `prefix`.
    /// - Parameter cursor: the page before this one, as its `next` has it; nil for the first.
    func list(_ prefix: String, after cursor: String?, expires: Int, now: Timestamp) -> SignedRequest
    /// What a page holds, from the answer to ``list(_:after:expires:now:)``; nil for an answer that is none or was cut.
    func page(in answer: [UInt8]) -> StorePage<ListedObject>?
    /// The uploads in parts that have begun and not ended; nil where the store does not list them.
    func listUploads(_ prefix: String, after cursor: String?, expires: Int, now: Timestamp) -> SignedRequest?
    func uploadPage(in answer: [UInt8]) -> StorePage<ListedUpload>?
    /// To have an upload of such a listing removed, one after the other.
    func removeParts(of upload: PartialUpload, expires: Int, now: Timestamp) -> [SignedRequest]
}

extension RemoteStore {
    public func playbackURL(of key: String, expires: Int, now: Timestamp) -> String {
        get(key, range: nil, expires: expires, now: now).url
    }
}

/// A request to a store, good for a while.
public struct SignedRequest: Sendable, Equatable {
    public let method: String
    public let url: String
    /// Those that must be sent, in order.
    public let headers: [Header]
    public let body: [UInt8]

    public struct Header: Sendable, Equatable {
        public let name: String
        public let value: String
    }

    init(_ method: String, _ url: String, headers: [(String, String)] = [], body: String = "") {
        self.method = method
        self.url = url
        self.headers = headers.map { Header(name: $0.0, value: $0.1) }
        self.body = Array(body.utf8)
    }
}

/// An upload in parts that has begun.
public struct PartialUpload: Sendable {
    public let key: String
    /// As the store named it; empty where it does not.
    public let name: String

    public init(key: String, name: String) {
        self.key = key
        self.name = name
    }
}

/// A part that has arrived.
public struct StoredPart: Sendable, Equatable, Decodable {
    /// From 1.
    public let number: Int
    /// Bytes.
    public let size: Int
    /// By which the store knows it.
    public let tag: String

    public init(number: Int, size: Int, tag: String) {
        self.number = number
        self.size = size
        self.tag = tag
    }
}

/// Reads the flat XML that stores answer with. It looks for elements by name and knows no more of XML.
enum Markup {
    /// The texts of all elements called `name`, in order.
    static func texts(of name: String, in document: [UInt8]) -> [String] {
        let text = String(decoding: document, as: UTF8.self)
        return text.split(separator: "<\(name)>", omittingEmptySubsequences: false).dropFirst().compactMap { rest in
            rest.firstRange(of: "</\(name)>").map { unescaped(rest[..<$0.lowerBound]) }
        }
    }

    static func escaped(_ text: String) -> String {
        text.map { ["&": "&amp;", "<": "&lt;", ">": "&gt;", "\"": "&quot;"][$0] ?? String($0) }.joined()
    }

    private static func unescaped(_ text: Substring) -> String {
        guard text.contains("&") else { return String(text) }
        var result = ""
        var rest = text
        while let start = rest.firstIndex(of: "&") {
            result += rest[..<start]
            rest = rest[start...]
            let known = entities.first { rest.hasPrefix($0.0) }
            result += known?.1 ?? "&"
            rest = rest.dropFirst(known?.0.count ?? 1)
        }
        return result + rest
    }

    private static let entities = [("&quot;", "\""), ("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&apos;", "'"), ("&#34;", "\"")]
}
