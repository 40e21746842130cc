/// Tells English from other languages by its commonest words, for engines that do not say which language they heard.
enum EnglishWords {
    /// Fewer words tell nothing.
    private static let fewest = 20
    /// Of English answers a fourteenth and more were counted, of texts in fourteen other languages none.
    private static let leastShare = 0.03

    /// Whether a text of some length has hardly any of the commonest words.
    static func areMissing(in words: [Word]) -> Bool {
        words.count >= fewest && Double(words.count { commonest.contains($0.normalized) }) < leastShare * Double(words.count)
    }

    /// Those that no other language spells so, of those that answers are given in: neither "was" (German) nor "is" (Dutch).
    private static let commonest: Set<String> = [
        "the", "and", "that", "it", "with", "they", "were", "this", "but", "from", "our", "you", "not", "their", "what", "when",
        "which", "would", "could", "there", "been", "because", "about", "your", "if", "how", "who", "where", "than", "these", "those",
    ]
}
