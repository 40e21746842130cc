/// Finds whose resume it is.
struct NameReader {
    let lines: [TextLine]
    let headCount: Int
    /// The part of the e-mail address before "@", folded.
    let mailbox: String?

    func name() -> Value? {
        let largest = lines.filter { $0.page == lines.first?.page }.compactMap(\.fontSize).max()
        let isSized = largest.map { largest in lines.contains { ($0.fontSize ?? largest) < largest - 1 } } ?? false
        var best: (value: Value, score: Int)?
        var seen = 0
        for (index, line) in lines.enumerated() where line.page == lines.first?.page {
            let isLargest = isSized && (line.fontSize ?? 0) > (largest ?? 0) - 0.5
            guard index < headCount || isLargest || mailbox != nil && index < 60 else { continue }
            for spans in readings(of: index, isLargest: isLargest) {
                guard let name = Self.name(in: spans) else { continue }
                var score = index < headCount ? 3 - min(seen, 3) : 0
                seen += 1
                if isLargest { score += 4 }
                score += 3 * matches(name.text)
                if TitleWords.score(Span(name.text).words) > 1 { score -= 4 }
                if OrganizationWords.companyScore(Span(name.text)) > 0 || Places.isPlace(Span(name.text)) { score -= 4 }
                if isLabelled(line) { score += 4 }
                if score > (best?.score ?? 0) { best = (name, score) }
            }
        }
        return best.map {
            Value(
                text: $0.value.text, ranges: $0.value.ranges,
                confidence: $0.score >= 6 ? 0.97 : $0.score >= 3 ? 0.85 : 0.6)
        }
    }

    /// The line itself; in large letters also together with the next ones, as narrow columns break names.
    private func readings(of index: Int, isLargest: Bool) -> [[Span]] {
        let line = withoutLabel(lines[index].content)
        guard isLargest else { return [[line]] }
        let more = lines[(index + 1)...].prefix(3).prefix { $0.isAsLarge(as: lines[index]) && !$0.startsBlock }.map(
            \.content)
        return stride(from: more.count, through: 0, by: -1).map { [line] + more.prefix($0) }
    }

    private func isLabelled(_ line: TextLine) -> Bool { withoutLabel(line.content).start > line.content.start }

    /// `Name: Anna Berg`, `Curriculum Vitae – Anna Berg`.
    private func withoutLabel(_ line: Span) -> Span {
        for separator in [UInt16.colon, .tab] {
            if let index = line.units.firstIndex(of: separator),
                Self.labels.contains(line.between(line.start, index).words.joined(separator: " "))
            {
                return line.between(index + 1, line.end).trimmed()
            }
        }
        let words = line.tokens
        for label in Self.prefixes
        where words.count > label.count + 1 && zip(words, label).allSatisfy({ $0.folded == $1 }) {
            return line.between(words[label.count].range.lowerBound, line.end).trimmed("-–—:|")
        }
        return line
    }

    private static let labels: Set = [
        "name", "full name", "vorname name", "vor und nachname", "nachname vorname", "name vorname", "nombre",
        "nombre completo", "nombre y apellidos", "surname s first name s",
        "apellidos y nombre", "apellido s nombre s",
    ]
    private static let prefixes = [["curriculum", "vitae"], ["lebenslauf"], ["resume"], ["cv"]]

    /// How many of the name's words stand in the e-mail address.
    private func matches(_ name: String) -> Int {
        guard let mailbox else { return 0 }
        return Span(name).words.count { $0.count > 2 && mailbox.contains($0.filter(\.isASCII)) }
    }

    // MARK: What a name looks like

    /// The name in these pieces of lines; nil when they hold none.
    static func name(in spans: [Span]) -> Value? {
        if spans.count == 1, let part = bilingual(spans[0]) { return isName(part) ? Value(part, confidence: 1) : nil }
        let tidy = spans.map(withoutCredentials)
        let text = tidy.map(\.text).joined(separator: " ")
        if tidy.count == 1, let turned = surnameFirst(tidy[0]) { return turned }
        guard isName(Span(text)) else { return nil }
        let joined = unspaced(text)
        return Value(text: joined, ranges: tidy.map(\.range), confidence: 1)
    }

    /// `Layla Haddad – ليلى حداد`: of two scripts the Latin one.
    private static func bilingual(_ line: Span) -> Span? {
        let separators = Array("|–—/()-".utf16)
        let parts = line.split { separators.contains($0) }
        guard parts.count == 2 else { return nil }
        let isLatin = parts.map { part in part.units.allSatisfy { $0 < 0x250 } }
        guard isLatin[0] != isLatin[1] else { return nil }
        return isLatin[0] ? parts[0] : parts[1]
    }

    /// `Berg, Anna` as `Anna Berg`.
    private static func surnameFirst(_ line: Span) -> Value? {
        let parts = line.split { $0 == .comma }
        guard parts.count == 2, parts.allSatisfy({ $0.words.count <= 2 }),
            isName(Span("\(parts[1].text) \(parts[0].text)"))
        else { return nil }
        return Value(
            text: "\(parts[1].text) \(parts[0].text)", ranges: [parts[1].range, parts[0].range], confidence: 1)
    }

    private static func withoutCredentials(_ line: Span) -> Span {
        guard let comma = line.units.firstIndex(of: .comma) else { return line }
        let rest = line.between(comma, line.end)
        let isCredential = rest.words.allSatisfy { credentials.contains($0) }
        return isCredential ? line.between(line.start, comma).trimmed() : line
    }

    private static let credentials: Set = [
        "mba", "phd", "ph", "d", "md", "jd", "cpa", "pmp", "rn", "msn", "bsn", "cfa", "esq", "pe", "mph", "msc", "bsc",
        "ma", "ms", "ba", "bs", "csm", "cissp", "dr", "lcsw",
        "edd", "dds", "dvm", "rd", "cissp", "acca", "aca", "frm", "shrm", "cp", "scp", "phr", "sphr", "msw", "pt",
        "dpt", "aprn", "np", "fnp", "jr", "sr", "ii", "iii",
    ]

    /// `A N N A   B E R G` as `ANNA BERG`.
    private static func unspaced(_ text: String) -> String {
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        guard words.count > 5, words.allSatisfy({ $0.count <= 1 }) else { return text }
        return words.split(whereSeparator: \.isEmpty).map { $0.joined() }.joined(separator: " ")
    }

    static func isName(_ span: Span) -> Bool {
        let text = unspaced(span.text)
        let words = text.split(separator: " ")
        guard (2...6).contains(words.count), text.count <= 50 else { return false }
        guard text.allSatisfy({ $0.isLetter || $0 == " " || $0 == "-" || $0 == "." || $0 == "'" || $0 == "’" }) else {
            return false
        }
        guard SectionKind(heading: Span(text)) == nil,
            !words.contains(where: { notNames.contains(Folding.fold(String($0))) })
        else { return false }
        var names = 0
        for word in words {
            guard let first = word.first else { return false }
            let isParticle = particles.contains(Folding.fold(String(word)))
            if isParticle { continue }
            guard !String(first).isLowercase else { return false }
            names += 1
        }
        return names >= 1 && names + words.count >= 3
    }

    private static let particles: Set = [
        "de", "del", "la", "las", "los", "der", "den", "van", "von", "vom", "zu", "und", "y", "e", "da", "dos", "das",
        "di", "du", "le", "bin", "ibn", "al", "el", "ben", "ter", "ten", "af", "av",
    ]
    private static let notNames: Set = [
        "curriculum", "vitae", "resume", "lebenslauf", "hoja", "vida", "page", "seite", "pagina", "phone", "email",
        "mail", "address", "telefon", "street", "road", "avenue",
        "university", "experience", "skills", "profile", "confidential", "draft", "references", "available", "present",
        "university",
    ]
}
