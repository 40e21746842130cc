/// Reads skills: all that is listed under a heading for them, and known ones that the rest mentions.
struct SkillReader {
    struct Skill {
        let value: Value
        /// Nil for one that is listed but not known.
        let kind: SkillVocabulary.Kind?
    }

    private var found: [Skill] = []
    private var seen: Set<String> = []

    /// - Parameters:
    ///   - sections: what stands under headings for skills.
    ///   - prose: positions and summaries, where skills are mentioned.
    static func skills(listedIn sections: [Section], mentionedIn prose: [Span]) -> [Skill] {
        var reader = SkillReader()
        for section in sections { reader.readList(section) }
        for span in prose { reader.readProse(span) }
        return reader.found.sorted { ($0.value.ranges.first?.start ?? 0) < ($1.value.ranges.first?.start ?? 0) }
    }

    // MARK: Lists

    private mutating func readList(_ section: Section) {
        for item in Self.items(of: section.lines) {
            let name = Self.withoutLevel(item)
            guard name.hasLetter, name.words.count <= 6, name.units.count <= 60 else {
                readProse(item)
                continue
            }
            if let known = SkillVocabulary.shared.skill(named: name) {
                add(name, known.kind, confidence: 0.95)
            } else if !readParts(of: name) {
                add(name, section.kind == .softSkills ? .soft : nil, confidence: 0.7)
            }
        }
    }

    /// `Python and SQL`, `HTML/CSS`: known skills that something else than a comma parts.
    private mutating func readParts(of item: Span) -> Bool {
        let links: Set = ["and", "und", "y", "e", "&", "/", "+"]
        let parts = SkillVocabulary.shared.skills(in: item)
        let slashed = item.split { $0 == .slash }
        if slashed.count > 1, slashed.allSatisfy({ SkillVocabulary.shared.skill(named: $0) != nil }) {
            for part in slashed { add(part, SkillVocabulary.shared.skill(named: part)?.kind, confidence: 0.95) }
            return true
        }
        guard parts.count > 1 else { return false }
        let between = zip(parts, parts.dropFirst()).allSatisfy {
            links.contains(item.between($0.span.end, $1.span.start).trimmed().folded)
        }
        guard between, parts[0].span.start == item.start, parts[parts.count - 1].span.end == item.end else {
            return false
        }
        for part in parts { add(part.span, part.skill.kind, confidence: 0.95) }
        return true
    }

    /// The items of a list: what commas, bars, dots and lines part. An item in brackets after a name is
    /// one of its own where it is a skill: `AWS (EC2, S3)`.
    private static func items(of lines: [TextLine]) -> [Span] {
        var items: [Span] = []
        // Whether the last line parted items and ended inside one.
        var isOpen = false
        for line in lines {
            let content = withoutLabel(line.content)
            var pieces = content.splitOutsideBrackets(separators)
            if isOpen, !line.hasBullet, !line.startsBlock, content == line.content, let last = items.last,
                let first = pieces.first, areOne(last, first)
            {
                items[items.count - 1] = last.through(first)
                pieces.removeFirst()
            }
            items += pieces.flatMap(withBrackets)
            isOpen = (pieces.count > 1 || isOpen) && pieces.last?.end == line.content.end
        }
        return items
    }

    private static let separators = ",;|•·●▪\t"

    /// Whether a line's end broke one name in two.
    private static func areOne(_ last: Span, _ first: Span) -> Bool {
        let isKnown = { (span: Span) in SkillVocabulary.shared.skill(named: withoutLevel(span)) != nil }
        return isKnown(last.through(first)) || !(isKnown(last) && isKnown(first))
    }

    private static func withBrackets(_ item: Span) -> [Span] {
        guard let open = item.units.firstIndex(of: .open), item.units.last == .close else { return [item] }
        let inner = item.between(open + 1, item.end - 1).splitOutsideBrackets(",;/")
        guard inner.contains(where: { SkillVocabulary.shared.skill(named: $0) != nil }) else { return [item] }
        return [item.between(item.start, open).trimmed()] + inner
    }

    /// `Databases: PostgreSQL, Redis` without the first word.
    private static func withoutLabel(_ line: Span) -> Span {
        guard let colon = line.units.firstIndex(of: .colon) else { return line }
        let label = line.between(line.start, colon)
        let rest = line.between(colon + 1, line.end).trimmed()
        // `Python: advanced` names the skill first.
        let isLevel = !rest.words.isEmpty && rest.words.allSatisfy(isLevelWord)
        return label.words.count <= 5 && !rest.isEmpty && !isLevel ? rest : line
    }

    /// `Python (advanced)`, `Python – 5 years`, `Python: expert`, `Python 90 %` as `Python`.
    private static func withoutLevel(_ item: Span) -> Span {
        var item = item.trimmed(",;:●○★☆■□▪*–—")
        if item.units.last == .dot, item.units.count > 1 { item = item.between(item.start, item.end - 1) }
        if let open = item.units.lastIndex(of: .open), item.units.last == .close {
            let inner = item.between(open + 1, item.end - 1)
            if inner.words.allSatisfy(isLevelWord) { item = item.between(item.start, open).trimmed() }
        }
        for index in item.units.indices where item.units[index] == .colon || item.units[index].isDash {
            let after = item.between(index + 1, item.end)
            if !after.words.isEmpty, after.words.allSatisfy(isLevelWord) {
                return item.between(item.start, index).trimmed(":–—-")
            }
        }
        while let last = item.tokens.last, item.tokens.count > 1, isLevelWord(last.folded) || last.folded == "%",
            last.kind != .number || item.units.contains(UInt16(UInt8(ascii: "%")))
        {
            item = item.between(item.start, last.range.lowerBound).trimmed("–—-:%")
        }
        return item
    }

    private static func isLevelWord(_ word: String) -> Bool { word.allSatisfy(\.isNumber) || levels.contains(word) }

    private static let levels: Set = [
        "advanced", "intermediate", "beginner", "basic", "basics", "expert", "proficient", "proficiency", "fluent",
        "working", "knowledge", "strong", "good", "excellent", "very", "years",
        "year", "yrs", "experience", "level", "sehr", "gut", "gute", "grundlagen", "grundkenntnisse", "fortgeschritten",
        "experte", "expertin", "kenntnisse", "erfahren", "jahre", "jahr",
        "avanzado", "avanzada", "medio", "intermedio", "basico", "basica", "experto", "experta", "nivel", "alto",
        "anos", "usuario",
    ]

    // MARK: Prose

    /// Known technical skills; everyday words only beside others, as in "using Go, Rust and C".
    private mutating func readProse(_ span: Span) {
        let skills = SkillVocabulary.shared.skills(in: span)
        for (index, entry) in skills.enumerated()
        where entry.skill.kind == .technical && !isPartOfTitle(entry.span, in: span) {
            if entry.skill.isAmbiguous {
                let text = entry.span.text
                guard text.first?.isUppercase == true, entry.span.start > span.start else { continue }
                let before =
                    index > 0 ? span.between(skills[index - 1].span.end, entry.span.start).trimmed().folded : "x"
                let after =
                    index + 1 < skills.count
                    ? span.between(entry.span.end, skills[index + 1].span.start).trimmed().folded : "x"
                guard
                    Self.joints.contains(before) || Self.joints.contains(after)
                        || Self.isIntroduced(entry.span, in: span)
                else { continue }
            }
            add(entry.span, .technical, confidence: entry.skill.isAmbiguous ? 0.6 : 0.8)
        }
    }

    /// "Talent Acquisition Partner", "Especialista SEO": a title, not a skill.
    private func isPartOfTitle(_ skill: Span, in span: Span) -> Bool {
        let after = span.between(skill.end, span.end).words.first
        let before = span.between(span.start, skill.start).words.last
        return [after, before].contains { $0.map(TitleWords.isTitle) ?? false }
    }

    private static let joints: Set = [",", "/", "and", "und", "y", "&", "or", "oder", "o", ", and"]

    /// Whether the word before says that a tool follows.
    private static func isIntroduced(_ skill: Span, in span: Span) -> Bool {
        let before = span.between(span.start, skill.start)
        return before.words.last.map {
            [
                "in", "with", "using", "on", "mit", "con", "en", "via", "of", "taught", "introduced", "von", "a", "de",
                "to", "auf", "einfuhrung",
            ].contains($0)
        } ?? false
    }

    private mutating func add(_ span: Span, _ kind: SkillVocabulary.Kind?, confidence: Double) {
        guard seen.insert(span.folded).inserted else { return }
        found.append(Skill(value: Value(span, confidence: confidence), kind: kind))
    }
}
