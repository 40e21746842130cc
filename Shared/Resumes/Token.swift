/// A run of letters, a run of digits, or one other character but space.
struct Token: Equatable {
    let folded: String
    let range: Range<Int>
    let kind: Kind

    enum Kind { case word, number, punctuation }

    var isPunctuation: Bool { kind == .punctuation }
    /// The value of a number of at most eight digits.
    var number: Int? { kind == .number && range.count <= 8 ? Int(folded) : nil }
    var digits: Int { kind == .number ? range.count : 0 }
}

extension Span {
    var tokens: [Token] {
        var tokens: [Token] = []
        var index = start
        while index < end {
            let unit = units[index]
            if unit.isSpace { index += 1; continue }
            let kind: Token.Kind = unit.isDigit ? .number : unit.isLetter ? .word : .punctuation
            var next = index + 1
            switch kind {
            case .number: while next < end, units[next].isDigit { next += 1 }
            case .word: while next < end, units[next].isLetter { next += 1 }
            case .punctuation: break
            }
            tokens.append(
                Token(
                    folded: Folding.fold(String(decoding: units[index..<next], as: UTF16.self)), range: index..<next,
                    kind: kind))
            index = next
        }
        return tokens
    }
}
