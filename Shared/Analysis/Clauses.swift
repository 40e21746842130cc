import Speech

/// A word of a transcript, found again in its text.
struct Token {
    /// Lower case, no punctuation.
    let word: String
    let start: Double
    let end: Double
    /// UTF-16 offsets into the transcript's text.
    let characters: Range<Int>
}

/// A run of tokens between breaks; never empty.
struct Clause {
    let tokens: ArraySlice<Token>

    var words: [String] { tokens.map(\.word) }

    func evidence(for supports: String, in text: String) -> Evidence {
        let first = tokens[tokens.startIndex]
        let last = tokens[tokens.endIndex - 1]
        let range = first.characters.lowerBound..<last.characters.upperBound
        return Evidence(
            quote: String(decoding: Array(text.utf16)[range], as: UTF16.self), start: first.start, end: last.end,
            charStart: range.lowerBound, charEnd: range.upperBound, supports: supports)
    }
}

extension Clause {
    /// Splits at punctuation and pauses, and before conjunctions and new subjects: recognised
    /// speech often has no punctuation at all.
    static func split(_ transcript: Transcript) -> [Clause] {
        let tokens = locate(transcript)
        let text = Array(transcript.text.utf16)
        var clauses: [Clause] = []
        var start = tokens.startIndex
        for index in tokens.indices.dropFirst() where index - start >= shortest || isPunctuated(index, tokens, text) {
            if isBreak(index, tokens, text) {
                clauses.append(Clause(tokens: tokens[start..<index]))
                start = index
            }
        }
        if start < tokens.endIndex { clauses.append(Clause(tokens: tokens[start...])) }
        return clauses
    }

    /// Words; any other break so early rather belongs to the clause.
    private static let shortest = 4
    private static let conjunctions: Set<String> = [
        "and", "but", "so", "because", "then", "although", "while", "when", "which", "after", "until",
    ]
    /// Openings of two or three words whose first word is no conjunction by itself.
    private static let openings = [["as", "a", "result"], ["in", "the", "end"], ["at", "the", "end"]]

    private static func isBreak(_ index: Int, _ tokens: [Token], _ text: [UInt16]) -> Bool {
        isPunctuated(index, tokens, text)
            || tokens[index].start - tokens[index - 1].end >= SpeechMetrics.pauseThreshold
            || conjunctions.contains(tokens[index].word)
            || openings.contains { tokens[index...].lazy.map(\.word).starts(with: $0) }
            || startsSubject(index, tokens)
    }

    /// Whether a sentence seems to begin: "i" or "we" not led in by another word, or "my goal was"
    /// after a word of content.
    private static func startsSubject(_ index: Int, _ tokens: [Token]) -> Bool {
        let before = tokens[index - 1].word
        switch tokens[index].word {
        case "i", "we": return !leadIns.contains(before)
        case "my", "our", "the":
            let verb = tokens[index...].dropFirst(2).first?.word ?? ""
            return Terms.isContent(before) && ["was", "is", "were", "are"].contains(verb)
        default: return false
        }
    }

    /// Words after which "i" or "we" goes on with the clause.
    private static let leadIns: Set<String> = conjunctions.union([
        "that", "what", "who", "whom", "how", "why", "where", "whether", "if", "as", "than", "or", "before", "since",
        "think", "thought", "know", "knew", "mean", "everything", "all", "thing", "things", "time", "first", "finally",
        "eventually", "did", "do", "had", "have", "can", "could", "should",
    ])

    /// Whether `.`, `,`, `;`, `:`, `?` or `!` stands before token `index`.
    private static func isPunctuated(_ index: Int, _ tokens: [Token], _ text: [UInt16]) -> Bool {
        text[tokens[index - 1].characters.upperBound..<tokens[index].characters.lowerBound].contains {
            Array(".,;:?!".utf16).contains($0)
        }
    }

    /// Finds each word in the text, in order. A word that is not there is left out: nothing may be
    /// quoted that the text does not say.
    static func locate(_ transcript: Transcript) -> [Token] {
        let text = transcript.text.utf16.map(lowercased)
        var cursor = 0
        return transcript.words.compactMap { word in
            let letters = word.text.drop { !isLetter($0) }.reversed().drop { !isLetter($0) }.reversed()
            let units = String(letters).utf16.map(lowercased)
            // A text may have any number of empty lines.
            while cursor < text.count, !isLetter(text[cursor]) { cursor += 1 }
            guard !units.isEmpty, let found = find(units, in: text, from: cursor) else { return nil }
            cursor = found.upperBound
            return Token(word: word.normalized, start: word.start, end: word.end, characters: found)
        }
    }

    /// Whole words only, and not far ahead, so that one wrong word cannot swallow the text up to
    /// its twin.
    private static func find(_ word: [UInt16], in text: [UInt16], from cursor: Int) -> Range<Int>? {
        let starts = cursor..<max(cursor, min(cursor + 40, text.count - word.count + 1))
        return starts.lazy.map { $0..<$0 + word.count }.first { range in
            text[range].elementsEqual(word)
                && (range.lowerBound == 0 || !isLetter(text[range.lowerBound - 1]))
                && (range.upperBound == text.count || !isLetter(text[range.upperBound]))
        }
    }

    private static func isLetter(_ character: Character) -> Bool { character.isLetter || character.isNumber }

    /// Halves of surrogate pairs, such as emoji, are no letters.
    private static func isLetter(_ unit: UInt16) -> Bool {
        Unicode.Scalar(unit).map { Character($0).isLetter || Character($0).isNumber } ?? false
    }

    private static func lowercased(_ unit: UInt16) -> UInt16 {
        (65...90).contains(unit) ? unit + 32 : unit
    }
}
