/// Reads what somebody studied, where and until when.
struct EducationReader {
    private var entries: [Entry] = []
    private let today: Month

    /// One degree, as it was read.
    struct Entry {
        var degree: Value?
        var field: Value?
        var institution: Value?
        var dates: DateSpan?

        var year: Int? {
            switch dates?.end {
            case .date(let date): date.year
            case .present: nil
            case nil: dates?.start?.year
            }
        }
    }

    static func entries(in lines: [TextLine], today: Month) -> [Entry] {
        var reader = EducationReader(today: today)
        for line in TextLine.withDatesMended(lines, today: today) { reader.read(line) }
        reader.nameUnknownSchools()
        return reader.entries.filter { $0.degree != nil || $0.institution != nil }
    }

    private init(today: Month) { self.today = today }

    /// Names that are neither degree nor known as a school, by entry: a school may be among them.
    private var unknown: [Int: [Span]] = [:]

    private mutating func read(_ line: TextLine) {
        let dates = line.dates ?? DateFinder.spans(in: line.content, today: today).last
        let parts = Self.parts(of: line.content, without: dates)
        let degree = parts.lazy.compactMap { part in Self.degree(in: part).map { (part, $0) } }.first
        let school = parts.filter { $0 != degree?.0 }.max {
            OrganizationWords.schoolScore($0) < OrganizationWords.schoolScore($1)
        }
        .flatMap { OrganizationWords.schoolScore($0) > 0 ? $0 : nil }
        // "Thesis at …", "GPA 3.7": details of what was already named.
        guard
            !line.hasBullet || degree != nil && (school != nil || dates != nil || entries.isEmpty)
                || school != nil && dates != nil
        else { return }
        guard line.content.words.count <= 25, !Self.isDetail(line.content) else { return }
        if needsNew(degree: degree != nil, school: school != nil, dates: dates != nil) {
            entries.append(Entry())
        }
        guard !entries.isEmpty else { return }
        let index = entries.count - 1
        if let (part, name) = degree, entries[index].degree == nil {
            entries[index].degree = Value(name, confidence: 0.9)
            entries[index].field = field(after: name, in: part, others: parts.filter { $0 != part && $0 != school })
        }
        if let school, entries[index].institution == nil { entries[index].institution = Value(school, confidence: 0.9) }
        if let dates, entries[index].dates == nil { entries[index].dates = dates }
        let rest = parts.filter {
            $0 != degree?.0 && $0 != school && !Places.isPlace($0) && $0.range != entries[index].field?.ranges.first
        }
        unknown[index, default: []] += rest
    }

    /// A part that the current entry already has belongs to the next one.
    private func needsNew(degree: Bool, school: Bool, dates: Bool) -> Bool {
        guard let last = entries.last else { return degree || school || dates }
        if degree, last.degree != nil { return true }
        if school, last.institution != nil { return true }
        return dates && last.dates != nil
    }

    /// A capitalised name beside a degree is its school where no word says so.
    private mutating func nameUnknownSchools() {
        for index in entries.indices where entries[index].degree != nil && entries[index].institution == nil {
            let names = (unknown[index] ?? []).filter {
                $0.words.count <= 8 && Capitals.looksLikeName($0) && !$0.units.contains(where: \.isDigit)
            }
            if let name = names.first { entries[index].institution = Value(name, confidence: 0.6) }
        }
    }

    // MARK: Pieces of a line

    /// What commas, bars and spaced dashes part, without the date.
    private static func parts(of line: Span, without dates: DateSpan?) -> [Span] {
        let sides =
            dates.map {
                [line.between(line.start, $0.ranges[0].lowerBound), line.between($0.ranges[0].upperBound, line.end)]
            } ?? [line]
        return sides.flatMap { side in
            side.trimmed("(),;:|–—-").splitAtBars().flatMap { $0.splitOutsideBrackets(",;") }
        }.map { part in
            let part = part.trimmed(",;:|–—-")
            return part.units.count(where: { $0 == .open }) > part.units.count(where: { $0 == .close })
                ? part.trimmed("(") : part
        }.filter(\.hasLetter)
    }

    private static func degree(in part: Span) -> Span? {
        // "School of …" and the like hold words that are degrees elsewhere.
        guard let degree = DegreeWords.degree(in: part) else { return nil }
        let isWhole = degree.start == part.start
        return isWhole || OrganizationWords.schoolScore(part) == 0 ? degree : nil
    }

    /// `Physics` of "BSc in Physics", "BSc (Physics)", "BSc, Physics".
    private func field(after degree: Span, in part: Span, others: [Span]) -> Value? {
        var rest = part.between(degree.end, part.end).trimmed(".,:;-–—()")
        let links: Set = ["in", "of", "en", "de", "zum", "zur", "als", "der", "im", "fur", "degree"]
        while let first = rest.tokens.first, links.contains(first.folded), rest.tokens.count > 1 {
            rest = rest.between(first.range.upperBound, rest.end).trimmed(".,:;-–—()")
        }
        if rest.hasLetter, rest.words.count <= 8, !["hons", "honours"].contains(rest.folded) {
            return OrganizationWords.schoolScore(rest) == 0 ? Value(rest, confidence: 0.85) : nil
        }
        let following = others.first { $0.start >= degree.end }
        guard let following, following.words.count <= 6, OrganizationWords.schoolScore(following) == 0,
            !Places.isPlace(following)
        else { return nil }
        return Value(following, confidence: 0.75)
    }

    private static func isDetail(_ line: Span) -> Bool {
        guard let first = line.words.first else { return false }
        return [
            "gpa", "thesis", "dissertation", "coursework", "relevant", "modules", "grade", "note", "abschlussnote",
            "abschlussarbeit", "masterarbeit", "bachelorarbeit",
            "dean", "honors", "honours", "activities", "tesis", "nota", "schwerpunkt", "schwerpunkte", "thema",
        ].contains(first)
    }
}

extension Span {
    /// What bars, dots, tabs and spaced dashes part.
    func splitAtBars() -> [Span] {
        let bars = Set("|•·●▪\t".utf16)
        var pieces: [Span] = []
        var from = start
        for index in units.indices {
            let before = index > start ? units[index - 1] : 0x20
            let after = index + 1 < end ? units[index + 1] : 0x20
            guard
                bars.contains(units[index])
                    || (units[index].isDash || units[index] == .slash) && before.isSpace && after.isSpace
            else { continue }
            pieces.append(between(from, index).trimmed())
            from = index + 1
        }
        pieces.append(between(from, end).trimmed())
        return pieces.filter { !$0.isEmpty }
    }
}
