/// Reads sections that are lists: languages, certifications, and items of any other kind.
enum ListReader {
    /// Languages with the level that is written beside them: `German (C1)`.
    static func languages(in lines: [TextLine]) -> [Value] {
        var found: [Span] = []
        for line in lines {
            for piece in line.content.splitOutsideBrackets(",;|•·●\t/") {
                if piece.words.contains(where: LanguageNames.contains) {
                    found += apart(piece)
                } else if let last = found.last, last.end < piece.start, piece.start - last.end <= 3,
                    piece.words.count <= 3
                {
                    // A level after a separator of its own: "German, fluent".
                    found[found.count - 1] = last.through(piece)
                }
            }
        }
        return found.filter { $0.words.count <= 8 }.map { Value($0, confidence: 0.9) }
    }

    /// "English and French" as two.
    private static func apart(_ piece: Span) -> [Span] {
        let tokens = piece.tokens
        guard tokens.count == 3, ["and", "und", "y", "e"].contains(tokens[1].folded),
            LanguageNames.contains(tokens[0].folded),
            LanguageNames.contains(tokens[2].folded)
        else { return [piece] }
        return [tokens[0], tokens[2]].map { piece.between($0.range.lowerBound, $0.range.upperBound) }
    }

    /// Certificates without the date at their end. A line is one; a line of several parts them by bars or semicolons.
    static func certifications(in lines: [TextLine], today: Month) -> [Value] {
        var items: [Span] = []
        // A date ends an item, also where the next one would have had no room beside it.
        for line in TextLine.joiningWrapped(lines, where: { line, _ in !endsInDate(line.content, today) }) {
            let isContinued = !line.hasBullet && !line.startsBlock && items.last.map { continues($0, line) } == true
            if isContinued, let last = items.last {
                items[items.count - 1] = last.through(line.content)
            } else {
                items += line.content.splitOutsideBrackets(";|•·●\t")
            }
        }
        return items.map { withoutDate($0, today) }.filter { $0.hasLetter && $0.words.count <= 16 }.map {
            Value($0, confidence: 0.85)
        }
    }

    /// Whether a line only ends the one before it: it opens with a bracket, a small letter or a year.
    private static func continues(_ item: Span, _ line: TextLine) -> Bool {
        guard line.content.start - item.end <= 2, let first = line.content.units.first else { return false }
        return first == .open || first.isDigit && line.content.words.count <= 2
            || String(line.text.prefix(1)).isLowercase
            || item.units.count(where: { $0 == .open }) > item.units.count(where: { $0 == .close })
    }

    private static func endsInDate(_ item: Span, _ today: Month) -> Bool {
        DateFinder.spans(in: item, today: today).contains { $0.ranges[0].upperBound >= item.end - 1 }
    }

    private static func withoutDate(_ item: Span, _ today: Month) -> Span {
        var item = item
        if let dates = DateFinder.spans(in: item, today: today).first {
            if dates.ranges[0].upperBound >= item.end - 1 {
                item = item.between(item.start, dates.ranges[0].lowerBound)
            } else if dates.ranges[0].lowerBound == item.start {
                item = item.between(dates.ranges[0].upperBound, item.end)
            }
        }
        item = item.trimmed(",;:–—-|•")
        let isOpen = item.units.count { $0 == .open } > item.units.count { $0 == .close }
        return isOpen ? item.trimmed("(").trimmed(",;:–—-") : item
    }
}
