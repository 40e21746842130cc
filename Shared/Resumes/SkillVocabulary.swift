/// The known skills, ready to be found in text.
struct SkillVocabulary: Sendable {
    enum Kind: Sendable { case technical, soft }

    struct Skill: Sendable {
        let kind: Kind
        /// Whether its name is an everyday word too.
        let isAmbiguous: Bool
    }

    static let shared = SkillVocabulary()

    /// By their words, folded and parted by single spaces.
    private let skills: [String: Skill]
    private let longest: Int

    private init() {
        var skills: [String: Skill] = [:]
        for (kind, text) in [(Kind.technical, SkillWords.technical), (.soft, SkillWords.soft)] {
            for line in text.split(separator: "\n") {
                for name in line.split(separator: "|") {
                    let isAmbiguous = name.hasSuffix("!") || kind == .soft
                    let key = Self.key(Span(String(name.hasSuffix("!") ? name.dropLast() : name)))
                    if skills[key] == nil { skills[key] = Skill(kind: kind, isAmbiguous: isAmbiguous) }
                }
            }
        }
        self.skills = skills
        longest = skills.keys.map { $0.split(separator: " ").count }.max() ?? 1
    }

    /// The skill whose name a piece of text is, whole.
    func skill(named span: Span) -> Skill? { skills[Self.key(span)] }

    /// The skills that are named in a text, longest names first where they overlap.
    func skills(in span: Span) -> [(span: Span, skill: Skill)] {
        let words = Self.words(of: span)
        var found: [(Span, Skill)] = []
        var index = 0
        while index < words.count {
            if let (count, skill) = match(words, at: index) {
                found.append(
                    (span.between(words[index].range.lowerBound, words[index + count - 1].range.upperBound), skill))
                index += count
            } else {
                index += 1
            }
        }
        return found
    }

    private func match(_ words: [(text: String, range: Range<Int>)], at index: Int) -> (Int, Skill)? {
        for count in stride(from: min(longest, words.count - index), through: 1, by: -1) {
            let key = words[index..<index + count].map(\.text).joined(separator: " ")
            if let skill = skills[key] { return (count, skill) }
        }
        return nil
    }

    private static func key(_ span: Span) -> String { words(of: span).map(\.text).joined(separator: " ") }

    /// Words as names of skills have them: `C++`, `C#`, `.NET`, `Node.js`, `CI/CD` and `scikit-learn` are one each.
    private static func words(of span: Span) -> [(text: String, range: Range<Int>)] {
        var words: [(String, Range<Int>)] = []
        let units = span.units
        var index = span.start
        while index < span.end {
            let beginsWithDot =
                units[index] == .dot && index + 1 < span.end && units[index + 1].isLetter
                && (index == span.start || !units[index - 1].isLetter)
            guard units[index].isLetter || units[index].isDigit || beginsWithDot else { index += 1; continue }
            var end = index + 1
            while end < span.end, continues(units, at: end, span.end) { end += 1 }
            words.append((Folding.fold(String(decoding: units[index..<end], as: UTF16.self)), index..<end))
            index = end
        }
        return words
    }

    private static func continues(_ units: ArraySlice<UInt16>, at index: Int, _ end: Int) -> Bool {
        let unit = units[index]
        if unit.isLetter || unit.isDigit || unit == UInt16(UInt8(ascii: "+")) || unit == UInt16(UInt8(ascii: "#")) {
            return true
        }
        // A mark inside a name goes on with it; one after it does not.
        let isInner = unit == .dot || unit == .slash || unit == .hyphen || unit == UInt16(UInt8(ascii: "'"))
        return isInner && index + 1 < end && (units[index + 1].isLetter || units[index + 1].isDigit)
    }
}
