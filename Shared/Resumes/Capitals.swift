/// What the use of capital letters tells.
enum Capitals {
    /// Whether a line is written as names are: most words begin with a capital letter or a digit, and
    /// it is no sentence.
    static func looksLikeName(_ span: Span) -> Bool {
        let words = span.text.split(separator: " ").filter { $0.contains(where: \.isLetter) }
        guard !words.isEmpty, words.count <= 7 else { return false }
        let counted = words.filter { !small.contains(Folding.fold(String($0))) }
        guard let first = counted.first else { return false }
        let capital = counted.count { word in
            word.first { $0.isLetter }.map { !String($0).isLowercase } ?? true || word.contains { $0.isUppercase }
        }
        let numbers = span.tokens.count { $0.kind == .number }
        return capital == counted.count && numbers <= 1 && !verbs.contains(Folding.fold(String(first)))
    }

    private static let small: Set = [
        "of", "the", "and", "for", "in", "at", "de", "del", "la", "las", "los", "el", "y", "e", "en", "und", "der",
        "die", "das", "fur", "im", "am", "von", "van",
        "zu", "&", "a", "du", "des", "di", "da", "al", "to",
    ]
    /// What bullets in title case begin with, so as not to be taken for names.
    private static let verbs: Set = [
        "managed", "led", "built", "developed", "created", "designed", "improved", "reduced", "increased",
        "implemented",
    ]
}
