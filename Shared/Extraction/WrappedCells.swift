extension [[Segment]] {
    /// Rows in which a cell that was too narrow for its text has all of it: what went on in the line below
    /// stands before the next cell, as in "Academy of Arts<tab>2019" where "Arts" is alone on its line.
    func withWrappedCellsJoined() -> [[Segment]] {
        var rows: [[Segment]] = []
        for row in self {
            if let last = rows.last, row.count == 1,
                let cell = last.indices.dropLast().first(where: { last[$0].goesOn(in: row[0], before: last[$0 + 1]) })
            {
                for word in row[0].words { rows[rows.count - 1][cell].add(word) }
            } else {
                rows.append(row)
            }
        }
        return rows
    }
}

extension Segment {
    /// Whether it is the text of a cell that `next` carries on, since the first word of that had no room
    /// before the cell on the right.
    fileprivate func goesOn(in next: Segment, before right: Segment) -> Bool {
        let size = fontSize
        let line = words.filter { $0.frame.bottom > frame.bottom - 0.3 * size }
        guard abs(next.fontSize - size) < 0.6, abs(next.frame.left - frame.left) < 2,
            next.frame.top - frame.bottom < 0.5 * size, next.frame.right < right.frame.left,
            let end = line.map(\.frame.right).max(), let first = next.words.first, first.hasLetters,
            first.isBold == words[words.count - 1].isBold,
            !text.unicodeScalars.contains(where: Bidi.isRightToLeft)
        else { return false }
        // A space is a quarter of the size; between cells there is about as much as a letter.
        return end + 0.25 * size + first.frame.width > right.frame.left - 0.9 * size
    }
}
