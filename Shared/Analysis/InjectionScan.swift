/// Finds what in an answer is meant for a machine that rates it, and not for a person. Rules, on purpose: what they
/// find is the same every time and can be shown. Whatever they find is kept from the rater and shown to a human; it says
/// nothing about the person, who may well have talked of such things.
public struct InjectionScan {
    private static let wordsAround = 14

    private let text: String
    private let folded: FoldedText
    private let words: [Word]

    private struct Word {
        let text: String
        /// UTF-16 offsets.
        let characters: Range<Int>
    }

    public init(_ text: String) {
        self.text = text
        let folded = FoldedText(text, keepsMarks: false)
        self.folded = folded
        words = folded.words.map { range in
            Word(
                text: String(String.UnicodeScalarView(folded.scalars[range].compactMap(Unicode.Scalar.init))),
                characters: folded.sources[range.lowerBound].lowerBound..<folded.sources[range.upperBound - 1].upperBound)
        }
    }

    /// In the order of the text, hidden characters first.
    public var flags: [InjectionFlag] {
        (hidden.map { [$0] } ?? []) + merged(passages).map { range, kind in
            InjectionFlag(
                kind: kind, detail: kind.words, passage: String(decoding: Array(text.utf16)[range], as: UTF16.self),
                charStart: range.lowerBound, charEnd: range.upperBound)
        }
    }

    // ---- Characters that nobody sees

    private var hidden: InjectionFlag? {
        let hidden = text.unicodeScalars.filter(Self.isHidden)
        guard !hidden.isEmpty else { return nil }
        // U+E0020 to U+E007E stand for ASCII and are read by some models.
        let tags = hidden.compactMap { (0xE0020...0xE007E).contains($0.value) ? Unicode.Scalar($0.value - 0xE0000) : nil }
        let message = tags.isEmpty ? "" : " They spell “\(String(String.UnicodeScalarView(tags)).prefix(200))”."
        return InjectionFlag(
            kind: .hiddenCharacters, detail: "\(hidden.count) invisible characters.\(message)", passage: "", charStart: 0, charEnd: 0)
    }

    /// Zero-width and direction-changing characters and tags. Joiners between letters that need them
    /// (emoji, Indic and Arabic script) are no concern: only a Latin text has no use for them.
    static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0xAD, 0x200B, 0x2060...0x2064, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF, 0x180E, 0xE0000...0xE007F, 0xE0100...0xE01EF: true
        default: false
        }
    }

    // ---- Passages

    private var passages: [(Range<Int>, InjectionFlag.Kind)] {
        var found: [(Range<Int>, InjectionFlag.Kind)] = []
        let read = words.map(\.text)
        for range in InjectionCues.ranges(in: read) { found.append((passage(range), .addressesRater)) }
        for range in InjectionCues.ranges(in: read.map(Self.plain)) { found.append((passage(range), .addressesRater)) }
        for range in InjectionCues.ranges(in: read.map(Self.rot13)) { found.append((passage(range), .encodedText)) }
        for range in InjectionCues.ranges(in: read.map { String($0.reversed()) }.reversed()) {
            found.append((passage(read.count - range.upperBound..<read.count - range.lowerBound), .encodedText))
        }
        found += spelledOut + encoded + mixedScripts
        for range in InjectionCues.markup(in: text) { found.append((line(range), .markup)) }
        // Who speaks to the rater once may go on doing so; by itself such a sentence could be about anything.
        if !found.isEmpty { found += InjectionCues.wishes(in: read).map { (passage($0), .addressesRater) } }
        return found
    }

    /// Letters one by one, such as "i g n o r e".
    private var spelledOut: [(Range<Int>, InjectionFlag.Kind)] {
        var runs: [Range<Int>] = []
        for (index, word) in words.enumerated() where word.text.unicodeScalars.count == 1 {
            if let last = runs.last, last.upperBound == index { runs[runs.count - 1] = last.lowerBound..<index + 1 }
            else { runs.append(index..<index + 1) }
        }
        return runs.filter { $0.count >= 8 && InjectionCues.spells(words[$0].map(\.text).joined()) }.map { (passage($0), .encodedText) }
    }

    /// Base64 and the like: long, without spaces, of letters of both cases and digits.
    private var encoded: [(Range<Int>, InjectionFlag.Kind)] {
        var found: [(Range<Int>, InjectionFlag.Kind)] = []
        for run in text.split(whereSeparator: \.isWhitespace) {
            let isCode = run.utf8.count >= 24 && run.utf8.allSatisfy { byte in
                (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || [43, 45, 47, 61, 95].contains(byte)
            }
            if isCode, run.contains(where: \.isUppercase), run.contains(where: \.isLowercase), run.contains(where: { $0.isNumber || $0 == "=" }) {
                let start = text.utf16.distance(from: text.startIndex, to: run.startIndex)
                found.append((start..<start + run.utf16.count, .encodedText))
            }
        }
        return found
    }

    /// Words of Latin letters with others that look like them.
    private var mixedScripts: [(Range<Int>, InjectionFlag.Kind)] {
        words.filter { word in
            let letters = word.text.unicodeScalars
            return letters.contains { ("a"..."z").contains($0) } && letters.contains { (0x370...0x52F).contains($0.value) }
        }.map { ($0.characters, .mixedScripts) }
    }

    /// The sentence that words belong to; where nothing ends sentences, some words around them.
    private func passage(_ range: Range<Int>) -> Range<Int> {
        let units = Array(text.utf16)
        func endsSentence(after index: Int) -> Bool {
            guard index >= 0, index + 1 < words.count else { return true }
            return units[words[index].characters.upperBound..<words[index + 1].characters.lowerBound].contains {
                Array(".!?\n".utf16).contains($0)
            }
        }
        var first = range.lowerBound
        // Of what begins in one sentence and ends in another, only the words themselves belong to it in the first.
        let isWithin = !(range.lowerBound..<range.upperBound - 1).contains(where: endsSentence)
        while isWithin, !endsSentence(after: first - 1), range.lowerBound - first < Self.wordsAround { first -= 1 }
        var last = range.upperBound - 1
        while !endsSentence(after: last), last - range.upperBound < Self.wordsAround { last += 1 }
        return words[first].characters.lowerBound..<words[last].characters.upperBound
    }

    private func line(_ range: Range<Int>) -> Range<Int> {
        let units = Array(text.utf16)
        let start = units[..<range.lowerBound].lastIndex(of: 10).map { $0 + 1 } ?? 0
        let end = units[range.upperBound...].firstIndex(of: 10) ?? units.count
        return max(start, range.lowerBound - 100)..<min(end, range.upperBound + 200)
    }

    private func merged(_ found: [(Range<Int>, InjectionFlag.Kind)]) -> [(Range<Int>, InjectionFlag.Kind)] {
        var merged: [(Range<Int>, InjectionFlag.Kind)] = []
        for (range, kind) in found.sorted(by: { ($0.0.lowerBound, $0.0.upperBound) < ($1.0.lowerBound, $1.0.upperBound) }) {
            if let last = merged.last, range.lowerBound <= last.0.upperBound {
                merged[merged.count - 1].0 = last.0.lowerBound..<max(last.0.upperBound, range.upperBound)
            } else {
                merged.append((range, kind))
            }
        }
        return merged
    }

    // ---- Readings of a word

    /// Digits as the letters they look like, in words that have letters.
    private static func plain(_ word: String) -> String {
        guard word.contains(where: \.isNumber), word.contains(where: \.isLetter) else { return word }
        return String(word.map { look[$0] ?? $0 })
    }

    private static let look: [Character: Character] = ["0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t"]

    private static func rot13(_ word: String) -> String {
        String(decoding: word.utf8.map { (97...122).contains($0) ? ($0 - 97 + 13) % 26 + 97 : $0 }, as: UTF8.self)
    }
}

/// Something in an answer that a human should look at before they trust a rating of it.
public struct InjectionFlag: Codable, Sendable, Equatable {
    public enum Kind: String, Codable, Sendable {
        case hiddenCharacters, addressesRater, encodedText, mixedScripts, markup

        var words: String {
            switch self {
            case .hiddenCharacters: "Invisible characters."
            case .addressesRater: "Reads like an instruction to whoever rates the answer."
            case .encodedText: "Text in a code that people do not read."
            case .mixedScripts: "Letters of several alphabets that look alike in one word."
            case .markup: "Marks that belong to programs and prompts."
            }
        }
    }

    public let kind: Kind
    /// A sentence for people.
    public let detail: String
    /// As it stands in the text; empty for hidden characters, which may be anywhere.
    public let passage: String
    /// UTF-16 code units into the text; the end is exclusive.
    public let charStart: Int
    public let charEnd: Int
}
