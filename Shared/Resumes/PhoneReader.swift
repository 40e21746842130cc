/// Finds telephone numbers among the other numbers of a resume.
enum PhoneReader {
    /// The number that most looks like one; near lines are looked at first.
    static func phone(near: [TextLine], elsewhere: [TextLine], today: Month) -> Value? {
        let found =
            broken(near).flatMap { candidates(in: $0, isNear: true, today) }
            + near.flatMap { candidates(in: $0.content, isNear: true, today) }
            + elsewhere.flatMap { candidates(in: $0.content, isNear: false, today) }
        // The first of the best: `max` would take the last.
        guard let best = found.map(\.score).max(), best >= 3, let phone = found.first(where: { $0.score == best })
        else { return nil }
        return Value(phone.span, confidence: best >= 5 ? 0.95 : 0.85)
    }

    /// Pairs of lines between which a number may be broken: the first ends inside one, and in the second
    /// only a separator follows it.
    private static func broken(_ lines: [TextLine]) -> [Span] {
        zip(lines, lines.dropFirst()).compactMap { line, next in
            guard (1...2).contains(next.content.start - line.content.end), let last = runs(in: line.content).last,
                let first = runs(in: next.content).first,
                line.content.end - last.end <= 1, first.start == next.content.start,
                last.units.count(where: \.isDigit) < 10
            else { return nil }
            let after = next.content.between(first.end, next.content.end).trimmed()
            let isAlone = after.isEmpty || "|•·,;".utf16.contains(after.units[after.start])
            let whole = last.through(first)
            return isAlone && whole.units.count(where: \.isDigit) <= 13 ? line.content.through(first) : nil
        }
    }

    private static func candidates(in line: Span, isNear: Bool, _ today: Month) -> [(span: Span, score: Int)] {
        runs(in: line).compactMap { run in
            let digits = run.units.count(where: \.isDigit)
            guard (7...15).contains(digits), !isDate(run, today), !isPartOfWord(run, in: line) else { return nil }
            var score = isNear ? 3 : 0
            if hasLabel(before: run, in: line) { score += 4 }
            if run.units.first == UInt16(UInt8(ascii: "+")) || run.text.hasPrefix("00") { score += 3 }
            if run.units.first == .open { score += 1 }
            // Numbers of documents and accounts have no groups.
            if digits > 10, run.units.allSatisfy(\.isDigit) { score -= 2 }
            return (run, score)
        }
    }

    /// The longest runs of what numbers are written with.
    private static func runs(in line: Span) -> [Span] {
        var runs: [Span] = []
        var start: Int?
        var isAfterSpacedSlash = false
        for index in line.units.indices {
            let unit = line.units[index]
            // `0171 3920123 / 030 231251`: two numbers.
            let isNumber =
                index > line.start && unit == .slash && line.units[index - 1].isSpace
                && digits(from: start ?? index, to: index, line) > 6
            isAfterSpacedSlash = isNumber
            if isPart(unit), !isAfterSpacedSlash {
                if start == nil { start = index }
            } else if let from = start {
                runs.append(line.between(from, index))
                start = nil
            }
        }
        if let from = start { runs.append(line.between(from, line.end)) }
        return runs.map(tidied).filter { !$0.isEmpty }
    }

    private static func digits(from start: Int, to end: Int, _ line: Span) -> Int {
        line.between(start, end).units.count(where: \.isDigit)
    }

    private static func isPart(_ unit: UInt16) -> Bool {
        unit.isDigit || unit == 0x20 || unit == 0xA0 || unit == 10 || unit.isDash
            || [.open, .close, .dot, .slash, UInt16(UInt8(ascii: "+"))].contains(unit)
    }

    /// From `+`, `(` or the first digit to the last digit.
    private static func tidied(_ run: Span) -> Span {
        guard let last = run.units.lastIndex(where: \.isDigit) else { return run.between(run.end, run.end) }
        let begins = { (unit: UInt16) in unit.isDigit || unit == .open || unit == UInt16(UInt8(ascii: "+")) }
        guard let first = run.units.firstIndex(where: begins) else { return run.between(run.end, run.end) }
        return run.between(first, last + 1)
    }

    /// Whether a date or a span of years was taken for a number.
    private static func isDate(_ run: Span, _ today: Month) -> Bool {
        DateFinder.spans(in: run, today: today).contains { $0.isSpan || $0.start?.month != nil }
            && run.units.count(where: \.isDigit) <= 8
            || DateFinder.spans(in: run, today: today).contains { $0.ranges[0].count >= run.units.count - 2 }
    }

    /// Whether it is the end of a word or an address on the web: `in/silas-vance-8315689`.
    private static func isPartOfWord(_ run: Span, in line: Span) -> Bool {
        var index = run.start - 1
        if index >= line.start, [.hyphen, .slash, .dot, UInt16(UInt8(ascii: "_"))].contains(line.units[index]) {
            index -= 1
        }
        let isAfter =
            index >= line.start && index == run.start - 1 && line.units[index].isLetter
            || index >= line.start && index < run.start - 1 && line.units[index].isLetter
        let next = run.end < line.end ? line.units[run.end] : 0x20
        return isAfter || next.isLetter || next == .at
    }

    private static func hasLabel(before run: Span, in line: Span) -> Bool {
        line.between(max(line.start, run.start - 24), run.start).words.suffix(2).contains(where: labels.contains)
            || line.between(max(line.start, run.start - 3), run.start).units.contains { phoneSigns.contains($0) }
    }

    private static let labels: Set = [
        "phone", "tel", "telephone", "mobile", "cell", "cellphone", "mob", "ph", "p", "t", "m", "c", "call", "whatsapp",
        "telefon", "handy", "mobil", "fon", "rufnummer",
        "mobiltelefon", "telefono", "movil", "celular", "cel", "tfno", "tlf",
    ]
    private static let phoneSigns = Set("☎☏✆".utf16)
}
