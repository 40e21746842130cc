/// A piece of a document's text that knows where it stands: the indices of ``units`` are those of the text.
struct Span: Equatable {
    private let document: [UInt16]
    private let bounds: Range<Int>

    init(document: [UInt16], bounds: Range<Int>) {
        self.document = document
        self.bounds = bounds
    }

    /// A text of its own, from its beginning.
    init(_ text: String) {
        let units = Array(text.utf16)
        self.init(document: units, bounds: 0..<units.count)
    }

    static func == (left: Span, right: Span) -> Bool { left.bounds == right.bounds && left.units == right.units }

    var units: ArraySlice<UInt16> { document[bounds] }
    /// What stands there; a line break is a space.
    var text: String {
        units.contains(10)
            ? String(decoding: units.map { $0 == 10 ? 0x20 : $0 }, as: UTF16.self)
            : String(decoding: units, as: UTF16.self)
    }
    /// Lower case without accents, for comparison only.
    var folded: String { Folding.fold(text) }
    var range: TextRange { TextRange(bounds) }
    var isEmpty: Bool { bounds.isEmpty }
    var start: Int { bounds.lowerBound }
    var end: Int { bounds.upperBound }

    /// The part between two places of the text, as far as it is in this one.
    func between(_ start: Int, _ end: Int) -> Span {
        let from = min(max(start, self.start), self.end)
        return Span(document: document, bounds: from..<max(from, min(end, self.end)))
    }

    /// From where this begins to where a later one ends, with all that is between.
    func through(_ later: Span) -> Span { Span(document: document, bounds: start..<max(end, later.end)) }

    /// Without spaces and the given characters at both ends.
    func trimmed(_ more: String = "") -> Span {
        let more = Array(more.utf16)
        let isEdge = { (unit: UInt16) in unit.isSpace || more.contains(unit) }
        guard let first = units.firstIndex(where: { !isEdge($0) }), let last = units.lastIndex(where: { !isEdge($0) })
        else { return between(end, end) }
        return between(first, last + 1)
    }

    /// The trimmed, non-empty pieces between characters that part them.
    func split(where isSeparator: (UInt16) -> Bool) -> [Span] {
        units.split(whereSeparator: isSeparator).map { between($0.startIndex, $0.endIndex).trimmed() }.filter {
            !$0.isEmpty
        }
    }

    /// The trimmed, non-empty pieces between these characters, but for those inside brackets.
    func splitOutsideBrackets(_ separators: String) -> [Span] {
        let separators = Array(separators.utf16)
        var depth = 0
        var pieces: [Span] = []
        var from = start
        for (index, unit) in zip(units.indices, units) {
            if unit == .open { depth += 1 }
            if unit == .close { depth = max(0, depth - 1) }
            if depth == 0, separators.contains(unit) {
                pieces.append(between(from, index).trimmed())
                from = index + 1
            }
        }
        pieces.append(between(from, end).trimmed())
        return pieces.filter { !$0.isEmpty }
    }

    func contains(_ unit: UInt16) -> Bool { units.contains(unit) }

    /// The words of letters and digits, folded.
    var words: [String] { tokens.compactMap { $0.isPunctuation ? nil : $0.folded } }

    /// Whether it has a letter.
    var hasLetter: Bool { units.contains(where: \.isLetter) }
}

extension UInt16 {
    static let open = UInt16(UInt8(ascii: "("))
    static let close = UInt16(UInt8(ascii: ")"))
    static let comma = UInt16(UInt8(ascii: ","))
    static let colon = UInt16(UInt8(ascii: ":"))
    static let dot = UInt16(UInt8(ascii: "."))
    static let hyphen = UInt16(UInt8(ascii: "-"))
    static let slash = UInt16(UInt8(ascii: "/"))
    static let tab: UInt16 = 9

    var isSpace: Bool {
        self == 0x20 || (9...13).contains(self) || self == 0xA0 || (0x2000...0x200A).contains(self) || self == 0x202F
            || self == 0x3000
    }
    var isDigit: Bool { (48...57).contains(self) }
    /// Beyond ASCII everything counts as a letter but spaces, symbols and punctuation; halves of
    /// surrogate pairs do.
    var isLetter: Bool {
        switch self {
        case 65...90, 97...122: true
        case 0..<0xAA: false
        case 0xD7, 0xF7, 0xAB, 0xB0...0xB9, 0xBB...0xBF, 0xAC...0xAF: false
        case 0x2000...0x2BFF, 0x3000...0x303F, 0xFF00...0xFF0F, 0xE000...0xF8FF: false
        default: !isSpace
        }
    }
    var isDash: Bool { self == .hyphen || (0x2010...0x2015).contains(self) || self == 0x2212 }
    /// A mark that lists begin their items with; `o` and `*` only count before a space.
    var isBullet: Bool { Self.bullets.contains(self) }
    private static let bullets: Set<UInt16> = Set("•‣⁃◦●○■□▪▫▶►➢➤➔✓✔✦❖◆◇·∙*»›–—-\u{F0B7}\u{F0A7}".utf16)
}
