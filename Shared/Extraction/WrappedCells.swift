extension [[Segment]] {
    /// Rows in which a cell that was too narrow for its text has all of it: what went on in the line below
    /// stands before the next cell, as in "Academy of Arts<tab>2019" where "Arts" is alone on its line.
    func withWrappedCellsJoined() -> [[Segment]] {
        var rows: [[Segment]] = []
        for row in self {
            guard let last = rows.last, last.count > 1, row.count < 3 else {
                rows.append(row)
                continue
            }
            let cells = row.compactMap { segment in last.indices.first { last.cell($0, goesOnIn: segment) } }
            guard cells.count == row.count, Set(cells).count == row.count else {
                rows.append(row)
                continue
            }
            for (segment, cell) in zip(row, cells) {
                for word in segment.words { rows[rows.count - 1][cell].add(word) }
            }
        }
        return rows
    }
}

extension [Segment] {
    /// Whether a cell of this row goes on in a segment of the line below.
    fileprivate func cell(_ index: Int, goesOnIn next: Segment) -> Bool {
        let cell = self[index]
        guard cell.isAbove(next), !cell.text.unicodeScalars.contains(where: Bidi.isRightToLeft) else { return false }
        guard index < count - 1 else {
            // The end of a date on the right, under its beginning.
            return abs(next.frame.right - cell.frame.right) < 2 && next.frame.left > cell.frame.left
                && next.text.contains(where: \.isNumber)
        }
        return cell.hasNoRoom(for: next, before: self[index + 1])
    }
}

extension Segment {
    /// Whether the next line of the same writing is right below.
    fileprivate func isAbove(_ next: Segment) -> Bool {
        let size = fontSize
        return abs(next.fontSize - size) < 0.6 && next.words[0].isBold == words[words.count - 1].isBold
            && next.frame.top > frame.middle.y && next.frame.top - frame.bottom < 0.5 * size
    }

    /// Whether the first word of `next` does not fit between this and the cell on its right.
    fileprivate func hasNoRoom(for next: Segment, before right: Segment) -> Bool {
        let line = words.filter { $0.frame.bottom > frame.bottom - 0.3 * fontSize }
        guard abs(next.frame.left - frame.left) < 2, next.frame.right < right.frame.left, next.words[0].hasLetters,
            let end = line.map(\.frame.right).max()
        else { return false }
        // A space is a quarter of the size; between cells there is about as much as a letter.
        return end + 0.25 * fontSize + next.words[0].frame.width > right.frame.left - 0.9 * fontSize
    }
}
