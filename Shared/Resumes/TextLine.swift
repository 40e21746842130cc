import Documents

/// A line of a resume, prepared for reading.
struct TextLine {
    /// Without the mark of a list item.
    let content: Span
    let hasBullet: Bool
    /// Whether an empty line or another block comes before it.
    let startsBlock: Bool
    /// In points; nil where it is not known.
    let fontSize: Double?
    let box: Box?
    let page: Int
    /// Nil where it is not known.
    var isBold: Bool?
    /// Whether the column ended before its text did; see ``markingWrapped(_:)``.
    var isWrapped = false
    /// The date that belongs to the line but does not stand in its content.
    var dates: DateSpan?

    /// The lines of a document that say something, in reading order.
    /// - Parameter text: of the document, perhaps with parts of it as spaces.
    static func all(in document: DocumentText, text units: [UInt16]) -> [TextLine] {
        var previousEnd = 0
        return markingWrapped(document.lines.compactMap { line in
            let range = line.characters.clamped(to: 0..<units.count)
            let whole = Span(document: units, bounds: range).trimmed()
            // Rules and bullets of nothing say nothing.
            guard whole.units.contains(where: { $0.isLetter || $0.isDigit }) else { return nil }
            let startsBlock = units[previousEnd..<max(previousEnd, range.lowerBound)].count { $0 == 10 } > 1
            previousEnd = range.upperBound
            let content = withoutBullet(whole)
            return TextLine(
                content: content, hasBullet: content.start > whole.start, startsBlock: startsBlock,
                fontSize: line.fontSize, box: line.box, page: line.page, isBold: line.isBold)
        })
    }

    private static func withoutBullet(_ line: Span) -> Span {
        guard let first = line.units.first else { return line }
        let rest = line.between(line.start + 1, line.end)
        let isLetterO = first == UInt16(UInt8(ascii: "o")) && rest.units.first == .tab
        guard first.isBullet || isLetterO, let next = rest.units.first else { return line }
        // A dash before a letter may be a bullet too; before a digit it may be a sign.
        guard next.isSpace || (next.isLetter && !first.isDash) else { return line }
        return rest.trimmed()
    }

    var text: String { content.text }

    func isAsLarge(as other: TextLine) -> Bool { abs((fontSize ?? 0) - (other.fontSize ?? 0)) < 0.6 }

    func with(_ content: Span, dates: DateSpan? = nil, isWrapped: Bool? = nil) -> TextLine {
        TextLine(
            content: content, hasBullet: hasBullet, startsBlock: startsBlock, fontSize: fontSize, box: box, page: page,
            isBold: isBold, isWrapped: isWrapped ?? self.isWrapped, dates: dates ?? self.dates)
    }
}
