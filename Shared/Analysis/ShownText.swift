import Speech

/// An answer's words as a rater is shown them: without the candidate's name, without invisible characters, and without
/// what is meant for the rater.
struct ShownText {
    let text: String
    /// How many words of the answer were kept back because they speak to the rater.
    let withheldWords: Int

    static let withheld = "[withheld]"
    static let name = "[name]"

    init(_ text: String, flags: [InjectionFlag], name: String) {
        let units = Array(text.utf16)
        let passages = flags.filter { $0.charStart < $0.charEnd }.map { $0.charStart..<$0.charEnd }
        let names = Self.places(of: name, in: text).filter { place in !passages.contains { $0.overlaps(place) } }
        let replacements = passages.map { ($0, Self.withheld) } + names.map { ($0, Self.name) }
        var shown = ""
        var cursor = 0
        for (range, replacement) in replacements.sorted(by: { $0.0.lowerBound < $1.0.lowerBound }) where range.lowerBound >= cursor {
            shown += String(decoding: units[cursor..<range.lowerBound], as: UTF16.self) + replacement
            cursor = range.upperBound
        }
        shown += String(decoding: units[cursor...], as: UTF16.self)
        self.text = String(String.UnicodeScalarView(shown.unicodeScalars.filter { !InjectionScan.isHidden($0) }))
        withheldWords = passages.reduce(0) { count, range in
            count + String(decoding: units[range], as: UTF16.self).split(whereSeparator: \.isWhitespace).count
        }
    }

    /// Where the name stands: the whole of it anywhere, and one part of it where people say their name or write it with
    /// a capital letter. ("Grace" may be a name, and "grace" a word.)
    private static func places(of name: String, in text: String) -> [Range<Int>] {
        let units = Array(text.utf16)
        let folded = FoldedText(text)
        let words = folded.words.map { (scalars: Array(folded.scalars[$0]), characters: characters($0, folded)) }
        let parts = FoldedText(name)
        let names = parts.words.map { Array(parts.scalars[$0]) }
        let isWritten = units.contains { (65...90).contains($0) }
        var found: [Range<Int>] = []
        for index in words.indices {
            let rest = words[index...].prefix(names.count)
            if !names.isEmpty, rest.map(\.scalars) == names, let last = rest.last {
                found.append(words[index].characters.lowerBound..<last.characters.upperBound)
            } else if names.contains(where: { $0.count > 1 && $0 == words[index].scalars }) {
                let isCapital = isWritten && (65...90).contains(units[words[index].characters.lowerBound])
                let before = words[..<index].suffix(2).map { String(String.UnicodeScalarView($0.scalars.compactMap(Unicode.Scalar.init))) }
                if isCapital || introductions.contains(where: { before.suffix($0.count) == $0[...] }) { found.append(words[index].characters) }
            }
        }
        return found
    }

    private static let introductions = [["name", "is"], ["im"], ["i", "am"], ["this", "is"], ["called"], ["me"], ["names"]]

    private static func characters(_ range: Range<Int>, _ folded: FoldedText) -> Range<Int> {
        folded.sources[range.lowerBound].lowerBound..<folded.sources[range.upperBound - 1].upperBound
    }
}
