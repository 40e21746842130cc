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
    /// Splits at punctuation, at pauses and before conjunctions: recognised speech often has no
    /// punctuation at all.
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

    /// Words; a pause or conjunction so early rather belongs to the clause.
    private static let shortest = 3
    /// Seconds.
    private static let pause = 0.35
    private static let conjunctions: Set<String> = [
        "and", "but", "so", "because", "then", "although", "while", "when", "which", "after", "until",
    ]
    /// Openings of two or three words whose first word is no conjunction by itself.
    private static let openings = [["as", "a", "result"], ["in", "the", "end"], ["at", "the", "end"]]

    private static func isBreak(_ index: Int, _ tokens: [Token], _ text: [UInt16]) -> Bool {
        isPunctuated(index, tokens, text)
            || tokens[index].start - tokens[index - 1].end >= pause
            || conjunctions.contains(tokens[index].word)
            || openings.contains { tokens[index...].map(\.word).starts(with: $0) }
    }

    /// Whether `.`, `,`, `;`, `:`, `?` or `!` stands before token `index`.
    private static func isPunctuated(_ index: Int, _ tokens: [Token], _ text: [UInt16]) -> Bool {
        text[tokens[index - 1].characters.upperBound..<tokens[index].characters.lowerBound].contains {
            Array(".,;:?!".utf16).contains($0)
        }
    }

    /// Finds each word in the text, in order. A word that is not there is left out: nothing may be
    /// quoted that the text does not say.
    private static func locate(_ transcript: Transcript) -> [Token] {
        let text = transcript.text.utf16.map(lowercased)
        var cursor = 0
        return transcript.words.compactMap { word in
            let letters = word.normalized
            guard !letters.isEmpty, let found = find(letters.utf16.map(lowercased), in: text, from: cursor) else {
                return nil
            }
            cursor = found.upperBound
            return Token(word: letters, start: word.start, end: word.end, characters: found)
        }
    }

    /// Looks a little ahead only, so that one wrong word cannot swallow the text up to its twin.
    private static func find(_ word: [UInt16], in text: [UInt16], from cursor: Int) -> Range<Int>? {
        (cursor..<min(cursor + 40, max(cursor, text.count - word.count + 1)))
            .first { text[$0...].starts(with: word) }
            .map { $0..<$0 + word.count }
    }

    private static func lowercased(_ unit: UInt16) -> UInt16 {
        (65...90).contains(unit) ? unit + 32 : unit
    }
}
