public import Validation

/// A part of a listing.
public struct StorePage<Item: Sendable>: Sendable {
    /// In the store's order.
    public let items: [Item]
    /// Where the next page begins, in the store's own words; nil after the last one.
    public let next: String?

    public init(items: [Item], next: String?) {
        self.items = items
        self.next = next
    }
}

/// An object as a listing has it.
public struct ListedObject: Sendable, Equatable {
    public let key: String
    /// Bytes.
    public let size: Int
    public let storedAt: Timestamp

    public init(key: String, size: Int, storedAt: Timestamp) {
        self.key = key
        self.size = size
        self.storedAt = storedAt
    }
}

/// An upload in parts that has begun and not ended, as a listing has it.
public struct ListedUpload: Sendable {
    public let upload: PartialUpload
    /// Of its beginning, or of what arrived of it last, as the store keeps it.
    public let begunAt: Timestamp

    public init(upload: PartialUpload, begunAt: Timestamp) {
        self.upload = upload
        self.begunAt = begunAt
    }
}

/// How many items a page has at most.
let itemsOfAPage = 1000

extension Markup {
    /// What is inside each element called `name`, in order, as it stands in the document.
    static func elements(_ name: String, in document: [UInt8]) -> [[UInt8]] {
        let text = String(decoding: document, as: UTF8.self)
        return text.split(separator: "<\(name)>", omittingEmptySubsequences: false).dropFirst().compactMap { rest in
            rest.firstRange(of: "</\(name)>").map { Array(rest[..<$0.lowerBound].utf8) }
        }
    }

    /// The text of the one element called `name`; nil where it is empty or missing.
    static func text(of name: String, in document: [UInt8]) -> String? {
        texts(of: name, in: document).first.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Whether a document is a whole one with this root. One that was cut must not look like a short listing.
    static func isWhole(_ root: String, _ document: [UInt8]) -> Bool {
        let text = String(decoding: document, as: UTF8.self)
        return text.contains("<\(root)") && text.contains("</\(root)>")
    }

    /// The items of a listing; nil when one of them cannot be read.
    static func items<Item>(_ name: String, in document: [UInt8], _ read: ([UInt8]) -> Item?) -> [Item]? {
        let elements = elements(name, in: document)
        let items = elements.compactMap(read)
        return items.count == elements.count ? items : nil
    }
}
