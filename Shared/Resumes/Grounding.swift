import Analysis

/// Finds in a resume's text what a model says it has read there.
struct Grounding {
    private let text: Span
    /// Without regard to case.
    private let lowered: [UInt16]
    private let search: QuoteSearch
    /// Shorter values must be there letter by letter: one letter more is another word.
    private static let leastLettersForMistakes = 12

    /// - Parameter text: without the passages that nothing may be taken from.
    init(_ text: [UInt16]) {
        self.text = Span(document: text, bounds: 0..<text.count)
        lowered = text.map { (65...90).contains($0) ? $0 + 32 : $0 }
        search = QuoteSearch(String(decoding: text, as: UTF16.self))
    }

    /// The value as it stands in the text; nil when it does not.
    /// - Parameter place: of several places the one nearest to this is taken.
    func find(_ value: String, near place: Int? = nil) -> Value? {
        let value = Span(value).trimmed()
        guard !value.isEmpty, value.units.contains(where: { $0.isLetter || $0.isDigit }) else { return nil }
        let exact = places(of: value.units.map { (65...90).contains($0) ? $0 + 32 : $0 })
        if let nearest = exact.min(by: { abs($0.lowerBound - (place ?? 0)) < abs($1.lowerBound - (place ?? 0)) }) {
            return Value(text.between(nearest.lowerBound, nearest.upperBound), confidence: 0.95)
        }
        // Marks such as those of "C++" and "C#" are lost where words are compared.
        guard value.units.count > 2, !value.units.contains(where: { Self.tellingMarks.contains($0) }),
            let match = search.find(value.text)
        else { return nil }
        guard match.similarity == 1 || value.units.count >= Self.leastLettersForMistakes else { return nil }
        return Value(
            text.between(match.characters.lowerBound, match.characters.upperBound),
            confidence: match.similarity == 1 ? 0.9 : 0.8)
    }

    private static let tellingMarks = Set("+#".utf16)

    /// Where the units stand as whole words.
    private func places(of units: [UInt16]) -> [Range<Int>] {
        guard let first = units.first, lowered.count >= units.count else { return [] }
        return (0...lowered.count - units.count).compactMap { start in
            guard lowered[start] == first, lowered[start...].starts(with: units) else { return nil }
            let end = start + units.count
            let isWhole =
                !(start > 0 && joins(lowered[start - 1], first))
                && !(end < lowered.count && joins(units[units.count - 1], lowered[end]))
            return isWhole ? start..<end : nil
        }
    }

    /// Whether two units beside each other are of one word.
    private func joins(_ left: UInt16, _ right: UInt16) -> Bool {
        (left.isLetter || left.isDigit) && (right.isLetter || right.isDigit || Self.tellingMarks.contains(right))
    }
}
