/// The lines under one heading; what stands before the first heading has none.
struct Section {
    let kind: SectionKind?
    var lines: [TextLine] = []
}

extension Section {
    /// The parts of a resume, in its order.
    static func all(in lines: [TextLine]) -> [Section] {
        var sections = [Section(kind: nil)]
        var index = 0
        while index < lines.count {
            let line = lines[index]
            if let (kind, count) = heading(at: index, in: lines) {
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
        if index + 1 < lines.count, !lines[index + 1].hasBullet, !lines[index + 1].startsBlock,
            line.isAsLarge(as: lines[index + 1]), endsOpen(line.content) || SectionKind(heading: line.content) == nil
        {
            let second = lines[index + 1].content
            if SectionKind(heading: second) == nil || endsOpen(line.content), let kind = SectionKind(words: SectionKind.words(of: line.content) + SectionKind.words(of: second)),
                SectionKind(heading: line.content) == nil || endsOpen(line.content), !second.contains(.comma)
            {
                return (kind, 2)
            }
        }
        return SectionKind(heading: line.content).map { ($0, 1) }
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
        case .languages where rest.words.contains(where: LanguageNames.contains), .skills, .softSkills, .certifications, .summary, .other:
            return (kind, TextLine(content: rest, hasBullet: false, startsBlock: true, fontSize: line.fontSize, box: line.box, page: line.page))
        default: return nil
        }
    }
}
