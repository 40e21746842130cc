/// A sentence as its words, without regard to case and accents.
public struct Sentence {
    public struct Word {
        /// Lower case, without accents and apostrophes.
        public let plain: String
        public let range: Range<String.Index>
    }

    public let text: String
    public let words: [Word]
    public let isQuestion: Bool

    /// The sentences of a text. They end with `.`, `?`, `!` and line breaks; a full stop inside a
    /// number or a name such as `node.js` ends none.
    public static func all(in text: String) -> [Sentence] {
        var sentences: [Sentence] = []
        var words: [Word] = []
        func end(isQuestion: Bool) {
            if !words.isEmpty { sentences.append(Sentence(text: text, words: words, isQuestion: isQuestion)) }
            words = []
        }
        var position = text.startIndex
        while position < text.endIndex {
            let character = text[position]
            let next = text.index(after: position)
            if isPartOfWord(character) {
                let rest = text[position...]
                let end = rest.firstIndex { !isPartOfWord($0) } ?? text.endIndex
                let plain = plain(rest[..<end])
                if !plain.isEmpty { words.append(Word(plain: plain, range: position..<end)) }
                position = end
                continue
            }
            if character == "?" || character == "!" || character.isNewline {
                end(isQuestion: character == "?")
            } else if character == ".", next == text.endIndex || text[next].isWhitespace {
                end(isQuestion: false)
            }
            position = next
        }
        end(isQuestion: false)
        return sentences
    }

    private static func isPartOfWord(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || character == "'" || character == "’"
    }

    private static func plain(_ word: Substring) -> String {
        var plain = ""
        for character in word.lowercased() where character != "'" && character != "’" {
            plain += unaccented[character] ?? String(character)
        }
        return plain
    }

    private static let unaccented: [Character: String] = [
        "ä": "a", "á": "a", "à": "a", "â": "a", "é": "e", "è": "e", "ê": "e", "ë": "e", "í": "i", "ï": "i", "ñ": "n",
        "ö": "o", "ó": "o", "ô": "o", "ü": "u", "ú": "u", "û": "u", "ç": "c", "ß": "ss",
    ]
}

/// A pattern over the words of a sentence, so that it can only match whole words. Its parts stand
/// between spaces:
///
/// - `word`, also `are|were` for one of several and `disab*` for any word that begins so;
/// - `?a|any` for a word that may be missing;
/// - `!in|of` for: what follows is none of these;
/// - `...` for up to three words of any kind;
/// - `.` for the end of the sentence.
///
/// Words are written without accents, as ``Sentence`` has them.
public struct Phrase: Sendable {
    private enum Part {
        case word([Form])
        case optional([Form])
        case not([Form])
        case gap
        case end
    }

    private struct Form: Sendable {
        let text: String
        let isBeginning: Bool

        init(_ form: Substring) {
            isBeginning = form.hasSuffix("*")
            text = String(isBeginning ? form.dropLast() : form)
        }

        func matches(_ word: Sentence.Word) -> Bool { isBeginning ? word.plain.hasPrefix(text) : word.plain == text }
    }

    private let parts: [Part]

    init(_ pattern: Substring) {
        parts = pattern.split(separator: " ").map { part in
            func forms(_ text: Substring) -> [Form] { text.split(separator: "|").map(Form.init) }
            switch part.first {
            case "." where part == "...": return .gap
            case ".": return .end
            case "?": return .optional(forms(part.dropFirst()))
            case "!": return .not(forms(part.dropFirst()))
            default: return .word(forms(part))
            }
        }
    }

    /// One phrase for each line that has words.
    public static func lines(_ text: String) -> [Phrase] { text.split(separator: "\n").map(Phrase.init) }

    /// The first words of the sentence that fit, as they stand there; nil when none do.
    func quote(from sentence: Sentence) -> String? { range(in: sentence).map { String(sentence.text[$0]) } }

    /// Where the first words of the sentence that fit stand in its text; nil when none do.
    public func range(in sentence: Sentence) -> Range<String.Index>? {
        for start in sentence.words.indices {
            if let end = end(in: sentence.words[start...]), end > start {
                return sentence.words[start].range.lowerBound..<sentence.words[end - 1].range.upperBound
            }
        }
        return nil
    }

    /// Whether the sentence begins with words that fit.
    func begins(_ sentence: Sentence) -> Bool { end(in: sentence.words[...]) != nil }

    /// Where the first words, if they fit, end.
    private func end(in words: ArraySlice<Sentence.Word>) -> Int? { match(parts[...], words) }

    /// Where the words that fit the parts end; nil when the first words do not fit.
    private func match(_ parts: ArraySlice<Part>, _ words: ArraySlice<Sentence.Word>) -> Int? {
        guard let part = parts.first else { return words.startIndex }
        let rest = parts.dropFirst()
        switch part {
        case .word(let forms):
            guard let word = words.first, forms.contains(where: { $0.matches(word) }) else { return nil }
            return match(rest, words.dropFirst())
        case .optional(let forms):
            if let word = words.first, forms.contains(where: { $0.matches(word) }),
                let end = match(rest, words.dropFirst())
            {
                return end
            }
            return match(rest, words)
        case .not(let forms):
            if let word = words.first, forms.contains(where: { $0.matches(word) }) { return nil }
            return match(rest, words)
        case .gap:
            for skipped in 0...min(3, words.count) {
                if let end = match(rest, words.dropFirst(skipped)) { return end }
            }
            return nil
        case .end:
            return words.isEmpty ? match(rest, words) : nil
        }
    }
}
