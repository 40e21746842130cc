/// The lines under one heading; what stands before the first heading has none.
struct Section {
    let kind: SectionKind?
    var lines: [TextLine] = []
}

extension Section {
    /// The parts of a resume, in its order.
    static func all(in lines: [TextLine]) -> [Section] {
        var sections = [Section(kind: nil)]
        let headings = lines.indices.filter { heading(at: $0, in: lines) != nil }.compactMap { lines[$0].fontSize }
        let largest = headings.max() ?? .infinity
        var index = 0
        while index < lines.count {
            let line = lines[index]
            if let size = line.fontSize, size > largest + 1 {
                // A name beside or below a bar of other sections belongs to none of them.
                if sections.last?.kind != nil { sections.append(Section(kind: nil)) }
                sections[sections.count - 1].lines.append(line)
            } else if let (kind, count) = heading(at: index, in: lines) {
                sections.append(Section(kind: kind))
                index += count - 1
            } else if let (kind, rest) = inlineHeading(line) {
                sections.append(Section(kind: kind, lines: [rest]))
            } else {
                sections[sections.count - 1].lines.append(line)
            }
            index += 1
        }
        return sections
    }

    /// A heading and how many lines it takes: narrow columns break long ones.
    private static func heading(at index: Int, in lines: [TextLine]) -> (SectionKind, Int)? {
        let line = lines[index]
        guard !line.hasBullet else { return nil }
        let alone = SectionKind(heading: line.content)
        if index + 1 < lines.count, goesOn(line, in: lines[index + 1], isHeading: alone != nil),
            let kind = SectionKind(
                words: SectionKind.words(of: line.content) + SectionKind.words(of: lines[index + 1].content))
        {
            return (kind, 2)
        }
        return alone.map { ($0, 1) }
    }

    private static func goesOn(_ line: TextLine, in next: TextLine, isHeading: Bool) -> Bool {
        guard !next.hasBullet, !next.startsBlock, line.isAsLarge(as: next), !next.content.contains(.comma) else {
            return false
        }
        if endsOpen(line.content) { return true }
        guard SectionKind(heading: next.content) == nil else { return false }
        // What is a heading by itself goes on only in letters that are known to be as large.
        return !isHeading || line.fontSize != nil
    }

    private static func endsOpen(_ line: Span) -> Bool {
        line.units.last == UInt16(UInt8(ascii: "&")) || ["and", "und", "y"].contains(line.words.last ?? "")
    }

    /// `Languages: English, French`: a heading with its section on one line.
    private static func inlineHeading(_ line: TextLine) -> (SectionKind, TextLine)? {
        let content = line.content
        guard !line.hasBullet, let colon = content.units.firstIndex(of: .colon), colon - content.start <= 40,
            let kind = SectionKind(heading: content.between(content.start, colon))
        else { return nil }
        let rest = content.between(colon + 1, content.end).trimmed()
        guard !rest.isEmpty else { return nil }
        switch kind {
        case .languages where rest.words.contains(where: LanguageNames.contains), .skills, .softSkills, .certifications,
            .summary, .other:
            return (
                kind,
                TextLine(
                    content: rest, hasBullet: false, startsBlock: true, fontSize: line.fontSize, box: line.box,
                    page: line.page)
            )
        default: return nil
        }
    }
}
