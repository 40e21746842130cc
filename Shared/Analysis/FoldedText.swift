import CUTF8Proc

/// A text as it is compared: compatibility characters decomposed (Unicode's NFKD; two texts have the same one when they
/// have the same NFKC), case folded, invisible characters gone, and one space for every run of other than letters, marks
/// and digits. Begins and ends with a space.
struct FoldedText {
    private(set) var scalars: [UInt32] = [space]
    /// For each scalar, what it was made of: UTF-16 offsets into the text.
    private(set) var sources: [Range<Int>] = [0..<0]

    static let space: UInt32 = 0x20

    /// - Parameter keepsMarks: whether accents count.
    init(_ text: String, keepsMarks: Bool = true) {
        var offset = 0
        for scalar in text.unicodeScalars {
            let source = offset..<offset + UTF16.width(scalar)
            offset = source.upperBound
            for folded in Self.fold(scalar) { append(folded, source, keepsMarks) }
        }
        if scalars[scalars.count - 1] != Self.space { append(Self.space, at: offset..<offset) }
    }

    private mutating func append(_ scalar: Unicode.Scalar, _ source: Range<Int>, _ keepsMarks: Bool) {
        // "didn't" and "didn’t" are "didnt".
        if scalar == "'" || scalar == "\u{2019}" { return }
        if Self.isMark(scalar) {
            if keepsMarks { append(scalar.value, at: source) }
        } else if Self.isWord(scalar) {
            append(scalar.value, at: source)
        } else if scalars[scalars.count - 1] != Self.space {
            append(Self.space, at: source)
        }
    }

    private mutating func append(_ scalar: UInt32, at source: Range<Int>) {
        scalars.append(scalar)
        sources.append(source)
    }

    /// Runs of scalars between spaces.
    var words: [Range<Int>] {
        scalars.indices.split { scalars[$0] == Self.space }.map { $0.startIndex..<$0.endIndex }
    }

    private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII
            ? ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar)
            : scalar.properties.isAlphabetic || scalar.properties.numericType != nil
    }

    private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        guard !scalar.isASCII else { return false }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark: return true
        default: return false
        }
    }

    /// What one scalar becomes. Unicode decomposes each by itself; only the order of several accents on one letter could
    /// differ.
    private static func fold(_ scalar: Unicode.Scalar) -> [Unicode.Scalar] {
        if scalar.isASCII {
            return [("A"..."Z").contains(scalar) ? Unicode.Scalar(UInt8(scalar.value + 32)) : scalar]
        }
        let options = UTF8PROC_COMPAT.rawValue | UTF8PROC_CASEFOLD.rawValue | UTF8PROC_IGNORE.rawValue
        // The longest decomposition in Unicode has 18 scalars.
        var decomposed = [Int32](repeating: 0, count: 18)
        var boundary: Int32 = 0
        let count = unsafe utf8proc_decompose_char(
            Int32(bitPattern: scalar.value), &decomposed, decomposed.count, utf8proc_option_t(options), &boundary)
        return decomposed.prefix(max(0, count)).compactMap { Unicode.Scalar(UInt32(bitPattern: $0)) }
    }
}
