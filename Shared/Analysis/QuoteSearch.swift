/// Finds quotations in a text: where a text says what somebody claims that it says.
///
/// Both are compared as ``FoldedText``, exactly or with an edit distance (Levenshtein) of at most a tenth of the longer
/// one. Time is proportional to the text's length times the quotation's length in machine words: Myers 1999, "A fast
/// bit-vector algorithm for approximate string matching based on dynamic programming", J. ACM 46:395, in the form with
/// blocks of Hyyrö 2003, "A bit-vector algorithm for computing Levenshtein and Damerau edit distances", Nordic J.
/// Computing 10:29.
public struct QuoteSearch {
    public struct Match: Equatable {
        /// UTF-16 offsets into the text.
        public let characters: Range<Int>
        /// 1 for the same words, down to 0.9.
        public let similarity: Double
    }

    static let leastSimilarity = 0.9
    /// Letters and spaces; what is longer is no quotation any more.
    static let longest = 2000

    private let text: FoldedText
    /// The text with its scalars numbered, so that a pattern's bits are found without hashing.
    private let codes: [Int]
    private let alphabet: [UInt32: Int]

    public init(_ text: String) {
        self.text = FoldedText(text)
        var alphabet: [UInt32: Int] = [:]
        codes = self.text.scalars.map { scalar in
            if let code = alphabet[scalar] { return code }
            alphabet[scalar] = alphabet.count
            return alphabet.count - 1
        }
        self.alphabet = alphabet
    }

    /// The place that is most like the quotation, the first of several; nil when none is like it.
    public func find(_ quote: String) -> Match? {
        let pattern = FoldedText(quote).scalars
        guard (3...Self.longest).contains(pattern.count) else { return nil }
        var forward = Column(pattern.map { alphabet[$0] }, symbols: alphabet.count, startsAnywhere: true)
        var best = (distance: pattern.count, end: 0)
        for (index, code) in codes.enumerated() {
            let distance = forward.advance(code)
            if distance < best.distance { best = (distance, index + 1) }
        }
        guard Double(best.distance) <= (1 - Self.leastSimilarity) * Double(pattern.count + best.distance) else { return nil }
        let start = start(of: pattern, distance: best.distance, end: best.end)
        // Both have a space at each end.
        let longer = max(pattern.count, best.end - start) - 2
        let similarity = 1 - Double(best.distance) / Double(longer)
        guard similarity >= Self.leastSimilarity, let characters = characters(start..<best.end) else { return nil }
        return Match(characters: characters, similarity: similarity)
    }

    /// Where the match begins that ends at `end`: the same search backwards from there.
    private func start(of pattern: [UInt32], distance: Int, end: Int) -> Int {
        var backward = Column(pattern.reversed().map { alphabet[$0] }, symbols: alphabet.count, startsAnywhere: false)
        let furthest = max(0, end - pattern.count - distance)
        for index in stride(from: end - 1, through: furthest, by: -1) where backward.advance(codes[index]) == distance {
            return index
        }
        return furthest
    }

    private func characters(_ range: Range<Int>) -> Range<Int>? {
        let letters = range.filter { text.scalars[$0] != FoldedText.space }
        guard let first = letters.first, let last = letters.last else { return nil }
        return text.sources[first].lowerBound..<text.sources[last].upperBound
    }
}

/// One column of the table of edit distances between a pattern and the text so far, as differences between
/// neighbouring rows: two bits a row.
private struct Column {
    private struct Block {
        /// Rows that are one more, and one less, than the row above.
        var plus = UInt64.max
        var minus: UInt64 = 0
    }

    private let symbols: [UInt64]
    private var blocks: [Block]
    private let lastRow: UInt64
    private let startsAnywhere: Bool
    private var distance: Int

    /// - Parameters:
    ///   - pattern: codes; nil for what does not occur in the text.
    ///   - symbols: how many codes there are.
    ///   - startsAnywhere: whether the text before the match costs nothing.
    init(_ pattern: [Int?], symbols count: Int, startsAnywhere: Bool) {
        let words = (pattern.count + 63) / 64
        var symbols = [UInt64](repeating: 0, count: count * words)
        for (row, code) in pattern.enumerated() {
            if let code { symbols[code * words + row / 64] |= 1 << UInt64(row % 64) }
        }
        self.symbols = symbols
        blocks = Array(repeating: Block(), count: words)
        lastRow = 1 << UInt64((pattern.count - 1) % 64)
        self.startsAnywhere = startsAnywhere
        distance = pattern.count
    }

    /// - Returns: the distance of the whole pattern after one more symbol of the text.
    mutating func advance(_ code: Int) -> Int {
        var carry = startsAnywhere ? 0 : 1
        let last = blocks.count - 1
        for index in blocks.indices {
            carry = advance(index, symbols[code * blocks.count + index], carry, top: index == last ? lastRow : 1 << 63)
        }
        distance += carry
        return distance
    }

    /// - Parameter carry: what the row above the block changed by: -1, 0 or 1. The same is returned for row `top`.
    private mutating func advance(_ index: Int, _ symbol: UInt64, _ carry: Int, top: UInt64) -> Int {
        let block = blocks[index]
        let vertical = symbol | block.minus
        let equal = carry < 0 ? symbol | 1 : symbol
        let horizontal = (((equal & block.plus) &+ block.plus) ^ block.plus) | equal
        var plus = block.minus | ~(horizontal | block.plus)
        var minus = block.plus & horizontal
        let out = plus & top != 0 ? 1 : minus & top != 0 ? -1 : 0
        plus <<= 1
        minus <<= 1
        if carry < 0 { minus |= 1 } else if carry > 0 { plus |= 1 }
        blocks[index].plus = minus | ~(vertical | plus)
        blocks[index].minus = plus & vertical
        return out
    }
}
