import Documents

/// Finds lines that go on in the next one because the column ended.
extension TextLine {
    /// With what a column's end has parted put together again.
    /// - Parameter belong: whether the words of two lines allow it.
    static func joiningWrapped(
        _ lines: [TextLine], where belong: (TextLine, TextLine) -> Bool = { $0.belongs(with: $1) }
    ) -> [TextLine] {
        var joined: [TextLine] = []
        for line in lines {
            if let last = joined.last, last.isWrapped, !line.hasBullet, belong(last, line) {
                joined[joined.count - 1] = last.with(last.content.through(line.content), isWrapped: line.isWrapped)
            } else {
                joined.append(line)
            }
        }
        return joined
    }

    /// Marks the lines that leave no room for the first word of the line below them, in writing like its own.
    static func markingWrapped(_ lines: [TextLine]) -> [TextLine] {
        let pages = Dictionary(grouping: lines, by: \.page)
        return zip(lines.indices, lines).map { index, line in
            guard index + 1 < lines.count, let box = line.box, lines[index + 1].isBelow(line) else { return line }
            let column = (pages[line.page] ?? []).compactMap(\.box).filter { (-3...20).contains($0.x - box.x) }
            let right = column.map { $0.x + $0.width }.max() ?? 0
            let space = 0.25 * (line.fontSize ?? box.height)
            let isWrapped = box.x + box.width + space + lines[index + 1].firstWordWidth > right
            return line.with(line.content, isWrapped: isWrapped)
        }
    }

    /// Whether it stands right under another line, as large and as bold.
    private func isBelow(_ line: TextLine) -> Bool {
        guard let box, let above = line.box, page == line.page, !hasBullet, !startsBlock else { return false }
        // The text of an item stands beside its mark.
        let indent = line.hasBullet ? 3...25.0 : -3...3.0
        return indent.contains(box.x - above.x) && box.y > above.y && isAsLarge(as: line) && isBold == line.isBold
    }

    /// In points: its share of the line, or where cells are parted, of letters half as wide as they are high.
    private var firstWordWidth: Double {
        let word = content.units.prefix { !$0.isSpace }.count
        guard let box, !content.contains(.tab) else { return Double(word) * 0.5 * (fontSize ?? 0) }
        return box.width * Double(word) / Double(max(1, content.units.count))
    }

    /// Whether the words allow that the next line goes on with this one. Where nobody knows which of them is
    /// bold, as a title is and its company is not, they must demand it.
    private func belongs(with next: TextLine) -> Bool {
        if hasBullet || content.contains(.colon) && next.content.contains(.colon) { return false }
        return isBold != nil || isUnfinished || String(next.text.prefix(1)).isLowercase || next.content.units.first == .open
    }

    private var isUnfinished: Bool {
        guard let last = content.units.last else { return false }
        let links: Set = ["of", "in", "and", "the", "und", "der", "fur", "de", "del", "la", "y", "en", "for"]
        return last == .comma || last.isDash || links.contains(content.words.last ?? "")
            || content.units.count { $0 == .open } > content.units.count { $0 == .close }
    }
}
