/// The text of a document in reading order, where each line of it stands on its page, and what a
/// person who looks at the pages would not see.
public struct DocumentText: Codable, Sendable, Equatable {
    /// At most this many characters (UTF-16 code units) are kept of any text.
    public static let mostCharacters = 200_000

    /// Lines are parted by "\n" and blocks by an empty line. Unicode normalization form C, without
    /// zero-width, tag and bidi control characters; right-to-left text stands in logical order.
    public let text: String
    /// In the order of the text. Empty lines between blocks are no lines.
    public let lines: [Line]
    /// How many pages the document has; 1 where the format has none.
    public let pages: Int
    public let method: Method
    /// What the document holds but does not show; never part of ``text``.
    public let hidden: [HiddenText]
    /// The pages, from 1, whose text stands in pictures that were left out because there are too many. Nil
    /// in texts that were read before there was such a thing.
    public let unread: [Int]?

    /// How the text was got.
    public enum Method: String, Codable, Sendable {
        /// Somebody typed or pasted it.
        case pasted
        /// From the characters in the file.
        case textLayer
        /// From pictures of the pages, by optical character recognition: slower and less sure.
        case recognized
        /// On some pages from the characters in the file, on others by recognition.
        case mixed
    }

    public init(
        text: String, lines: [Line], pages: Int, method: Method, hidden: [HiddenText], unread: [Int]? = []
    ) {
        self.text = text
        self.lines = lines
        self.pages = pages
        self.method = method
        self.hidden = hidden
        self.unread = unread
    }
}

/// One line of a document's text.
public struct Line: Codable, Sendable, Equatable {
    /// Where it stands in the text, without its "\n", in UTF-16 code units as browsers count.
    public let characters: Range<Int>
    /// From 1.
    public let page: Int
    /// Nil where the format has no pages of its own, as in DOC and DOCX.
    public let box: Box?
    /// In points, that of most of its characters; nil where it is not known.
    public let fontSize: Double?
    /// Whether it begins in bold letters; nil where that is not known.
    public let isBold: Bool?

    public init(
        characters: Range<Int>, page: Int, box: Box? = nil, fontSize: Double? = nil, isBold: Bool? = nil
    ) {
        self.characters = characters
        self.page = page
        self.box = box
        self.fontSize = fontSize
        self.isBold = isBold
    }
}

/// A rectangle on a page, in points (1/72 inch) from its upper left corner.
public struct Box: Codable, Sendable, Equatable {
    public let x: Double
    public let y: Double
    public let width: Double
    public let height: Double

    public init(x: Double, y: Double, width: Double, height: Double) {
        self.x = x
        self.y = y
        self.width = width
        self.height = height
    }
}

/// Text that is in the file but not to be seen on its pages.
public struct HiddenText: Codable, Sendable, Equatable {
    public let text: String
    /// From 1.
    public let page: Int
    public let reason: Reason

    public enum Reason: String, Codable, Sendable, CaseIterable {
        /// It leaves no ink: drawn in the colour of what is behind it, or not drawn at all.
        case invisibleColor
        /// Smaller than 4 points.
        case tiny
        /// Outside the page.
        case offPage
        /// Characters without width or of Unicode's tag block, spelling something or parting letters.
        case zeroWidth
        /// In a visible colour, but something is drawn over it.
        case covered
        /// Marked as hidden in the word processor.
        case markedHidden
    }

    public init(text: String, page: Int, reason: Reason) {
        self.text = text
        self.page = page
        self.reason = reason
    }
}
