/// Tells English from other languages by its commonest words, for engines that do not say which language they heard.
enum EnglishWords {
    /// Fewer words tell nothing.
    private static let fewest = 20
    /// Of English answers an eighth and more were counted, of texts in fifteen other languages none.
    private static let leastShare = 0.03

    /// Whether a text of some length has hardly any of the commonest words.
    static func areMissing(in words: [Word]) -> Bool {
        words.count >= fewest && Double(words.count { commonest.contains($0.normalized) }) < leastShare * Double(words.count)
    }

    /// Those that no other language spells so, of those that answers are given in: neither "was" (German) nor "to" (Polish).
    private static let commonest: Set<String> = [
        "the", "of", "and", "that", "is", "it", "with", "they", "were", "had", "have", "this", "but", "from", "our", "you", "are",
        "not", "by", "as", "their", "what", "when", "which", "would", "could", "there", "been", "because", "about", "your", "out",
        "if", "them", "how",
    ]
}
