public import Validation

/// A store of objects that is reached by HTTP. It is asked by requests that are each signed for themselves, so that whoever
/// holds one may send it: a browser for what it stores and plays, we for everything else. Nothing here sends anything.
public protocol RemoteStore: Sendable {
    /// The address of an object, without permission to do anything with it.
    func url(of key: String) -> String

    func head(_ key: String, expires: Int, now: Timestamp) -> SignedRequest
    /// - Parameter range: the bytes wanted; nil for all.
    func get(_ key: String, range: ClosedRange<Int>?, expires: Int, now: Timestamp) -> SignedRequest
    /// An address that makes a browser save the object under a name, whatever it holds.
    /// - Parameter name: ASCII letters, digits, `-`, `_` and `.`.
    func download(_ key: String, as name: String, expires: Int, now: Timestamp) -> String
    /// To store an object where there is none.
    /// - Parameter size: in bytes, when it is known.
    func put(_ key: String, contentType: String, size: Int?, expires: Int, now: Timestamp) -> SignedRequest
    func copy(_ key: String, to target: String, expires: Int, now: Timestamp) -> SignedRequest
    func delete(_ key: String, expires: Int, now: Timestamp) -> SignedRequest

    /// The least bytes that a part may have, but for the last. It bounds how many there can be.
    var smallestPart: Int { get }
    /// To begin an upload in parts; nil where it needs no beginning.
    func beginParts(_ key: String, contentType: String, expires: Int, now: Timestamp) -> SignedRequest?
    /// The upload's name, from the answer to its beginning.
    func uploadName(in answer: [UInt8]) -> String?
    /// - Parameter number: from 1.
    func putPart(_ number: Int, of upload: PartialUpload, size: Int, expires: Int, now: Timestamp) -> SignedRequest
    func listParts(of upload: PartialUpload, expires: Int, now: Timestamp) -> SignedRequest
    /// What has arrived, in order, from the answer to ``listParts(of:expires:now:)``.
    func parts(in answer: [UInt8]) -> [StoredPart]
    /// To make an object of the parts, where there is none.
    func completeParts(
        of upload: PartialUpload, _ parts: [StoredPart], contentType: String, expires: Int, now: Timestamp
    ) -> SignedRequest
    /// To have the parts removed; nil where the store does so by itself.
    func abandonParts(of upload: PartialUpload, expires: Int, now: Timestamp) -> SignedRequest?
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
public struct StoredPart: Sendable, Equatable {
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
        return text.split(separator: "<\(name)>").dropFirst().compactMap { rest in
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
