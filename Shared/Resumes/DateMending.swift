import Documents

/// Brings dates back to the lines they belong to, where columns have torn them off.
extension TextLine {
    static func withDatesMended(_ lines: [TextLine], today: Month) -> [TextLine] {
        joiningCells(joiningLines(joiningWrapped(lines), today), today)
    }

    // MARK: A span that goes over a line's end

    private static func joiningLines(_ lines: [TextLine], _ today: Month) -> [TextLine] {
        var joined: [TextLine] = []
        for line in lines {
            if let last = joined.last, !line.hasBullet, !last.content.contains(.tab), line.content.units.count <= 40,
                (1...2).contains(line.content.start - last.content.end), isBroken(last.content, line.content, today)
            {
                joined[joined.count - 1] = last.with(last.content.through(line.content), isWrapped: line.isWrapped)
            } else {
                joined.append(line)
            }
        }
        return joined
    }

    private static func isBroken(_ first: Span, _ second: Span, _ today: Month) -> Bool {
        // Cheap to see for nearly all lines: a broken span needs a date in the second.
        guard mayHoldDate(second) else { return false }
        return DateFinder.spans(in: first.through(second), today: today).contains {
            $0.isSpan && $0.ranges[0].lowerBound < first.end && $0.ranges[0].upperBound > second.start
        }
    }

    private static func mayHoldDate(_ span: Span) -> Bool {
        span.units.contains(where: \.isDigit) || span.words.contains(where: DateWords.present.contains)
    }

    // MARK: A span over two cells of a column of dates

    private static func joiningCells(_ lines: [TextLine], _ today: Month) -> [TextLine] {
        var result: [TextLine] = []
        var index = 0
        while index < lines.count {
            if index + 1 < lines.count, let (first, second) = mended(lines[index], lines[index + 1], today) {
                result += [first] + (second.map { [$0] } ?? [])
                index += 2
            } else {
                result.append(lines[index])
                index += 1
            }
        }
        return result
    }

    /// `Jan 2019 –<tab>Cook` above `May 2020<tab>The Oak Inn` as what stands on the right, with the date.
    private static func mended(_ first: TextLine, _ second: TextLine, _ today: Month) -> (TextLine, TextLine?)? {
        guard let (left, right) = cells(first), !second.hasBullet, mayHoldDate(second.content) else { return nil }
        let (below, rest) =
            cells(second) ?? (second.content, second.content.between(second.content.end, second.content.end))
        guard below.words.count <= 4 else { return nil }
        let whole = Span("\(left.text) \(below.text)")
        guard let dates = DateFinder.spans(in: whole, today: today).first, dates.isSpan,
            dates.ranges[0].count >= whole.units.count - 2
        else { return nil }
        return (
            first.with(right, dates: dates.at([left.units.indices, below.units.indices])),
            rest.isEmpty ? nil : second.with(rest)
        )
    }

    /// A line's first cell and the rest of it.
    private static func cells(_ line: TextLine) -> (Span, Span)? {
        guard let tab = line.content.units.firstIndex(of: .tab) else { return nil }
        return (
            line.content.between(line.content.start, tab).trimmed(),
            line.content.between(tab, line.content.end).trimmed()
        )
    }

    // MARK: A column of dates read before what it belongs to

    /// Two or more lines of nothing but dates, which nobody writes below each other, go to the lines at
    /// whose height they stand; what was read between them is put into the order of its height.
    static func joiningColumns(_ all: [TextLine], _ today: Month) -> [TextLine] {
        let lines = joiningLines(all, today)
        let alone = lines.map { onlyDate($0, today) }
        var moved: [Int: DateSpan] = [:]
        var taken: Set<Int> = []
        for index in lines.indices {
            let hasNeighbour =
                index > 0 && alone[index - 1] != nil || index + 1 < lines.count && alone[index + 1] != nil
            guard let dates = alone[index], hasNeighbour else { continue }
            let beside = lines.indices.filter { alone[$0] == nil && lines[$0].isBeside(lines[index]) }
            guard let nearest = beside.min(by: { lines[$0].gap(to: lines[index]) < lines[$1].gap(to: lines[index]) }),
                moved[nearest] == nil
            else { continue }
            moved[nearest] = dates
            taken.insert(index)
        }
        guard !taken.isEmpty else { return lines }
        var result = lines
        for (index, dates) in moved { result[index] = lines[index].startingBlock(dates) }
        for page in Set(taken.map { lines[$0].page }) {
            let torn = (taken.union(moved.keys)).filter { lines[$0].page == page }
            guard let first = torn.min(), var last = torn.max() else { continue }
            // The last of what the dates belong to goes on in its column.
            let column = moved.keys.filter { lines[$0].page == page }.compactMap { lines[$0].box?.x }.min() ?? 0
            while last + 1 < lines.count, lines[last + 1].page == page, let x = lines[last + 1].box?.x, x > column - 3 {
                last += 1
            }
            result.replaceSubrange(
                first...last, with: zip(first...last, result[first...last]).sorted { isAbove($0, $1) }.map(\.1))
            taken = Set(taken.map { index in result.firstIndex { $0.content == lines[index].content } ?? index })
        }
        return result.indices.filter { !taken.contains($0) }.map { result[$0] }
    }

    private static func isAbove(_ one: (Int, TextLine), _ other: (Int, TextLine)) -> Bool {
        guard let box = one.1.box, let place = other.1.box else { return one.0 < other.0 }
        let isSameRow = abs(box.y - place.y) < 0.6 * max(box.height, place.height)
        return isSameRow ? box.x < place.x : box.y < place.y
    }

    private func startingBlock(_ dates: DateSpan) -> TextLine {
        TextLine(
            content: content, hasBullet: hasBullet, startsBlock: true, fontSize: fontSize, box: box, page: page,
            isBold: isBold, isWrapped: isWrapped, dates: dates)
    }

    /// Whether it stands at the same height of the page as another line.
    private func isBeside(_ other: TextLine) -> Bool {
        guard page == other.page, let box, let place = other.box else { return false }
        return abs(place.y - box.y) < 0.6 * max(place.height, box.height) && gap(to: other) >= 0
    }

    /// Points between two lines from side to side; negative where they overlap.
    private func gap(to other: TextLine) -> Double {
        guard let box, let place = other.box else { return 0 }
        return max(place.x - (box.x + box.width), box.x - (place.x + place.width))
    }

    private static func onlyDate(_ line: TextLine, _ today: Month) -> DateSpan? {
        guard line.content.units.count <= 40, mayHoldDate(line.content) else { return nil }
        let found = DateFinder.spans(in: line.content, today: today)
        guard found.count == 1, found[0].ranges[0].count >= line.content.units.count - 2 else { return nil }
        return found[0]
    }
}
