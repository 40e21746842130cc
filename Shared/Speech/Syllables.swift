import POSIX

/// Counts syllables: one per vowel of the pronouncing dictionary that comes with the recogniser,
/// or per group of vowel letters for words it does not know.
enum Syllables {
    /// Syllables of each distinct word; `words` in lower case.
    /// - Parameter dictionary: lines `word PH ON ES`, as of the CMU Pronouncing Dictionary.
    static func count(_ words: Set<String>, dictionary: String = PocketSphinx.dictionary) -> [String: Int] {
        // Without the dictionary every word falls back to its letters.
        let lines = (try? File.read(dictionary)) ?? []
        var counts: [String: Int] = [:]
        for word in words { counts[word] = lookUp(Array(word.utf8), in: lines) ?? estimate(word) }
        return counts
    }

    /// The words that the recogniser's dictionary has.
    static func known(_ words: Set<String>) -> Set<String> {
        let lines = (try? File.read(PocketSphinx.dictionary)) ?? []
        return words.filter { lookUp(Array($0.utf8), in: lines) != nil }
    }

    /// Binary search over the file, whose words are in byte order when alternate pronunciations,
    /// `word(2)`, count as their word; that spares a table of 134,000 lines for one answer.
    private static func lookUp(_ word: [UInt8], in bytes: [UInt8]) -> Int? {
        var low = 0
        var high = bytes.count
        while low < high {
            var start = (low + high) / 2
            while start > low, bytes[start - 1] != newline { start -= 1 }
            let line = bytes[start...].prefix { $0 != newline }
            let key = line.prefix { $0 != space && $0 != parenthesis }
            if key.elementsEqual(word) { return vowels(in: line) }
            if key.lexicographicallyPrecedes(word) { low = line.endIndex + 1 } else { high = start }
        }
        return nil
    }

    private static let newline = UInt8(ascii: "\n")
    private static let space = UInt8(ascii: " ")
    private static let parenthesis = UInt8(ascii: "(")

    /// Phones that begin with a vowel letter are the vowels of ARPABET.
    private static func vowels(in line: ArraySlice<UInt8>) -> Int {
        line.split(separator: space).dropFirst().count { phone in
            phone.first.map { Array("AEIOU".utf8).contains($0) } ?? false
        }
    }

    /// Groups of vowel letters, without a silent final e: an estimate for names and new words.
    static func estimate(_ word: String) -> Int {
        let letters = Array(word.lowercased())
        let vowels = Set<Character>("aeiouy")
        let groups = letters.indices.count { index in
            vowels.contains(letters[index]) && (index == 0 || !vowels.contains(letters[index - 1]))
        }
        let silentE = letters.count > 2 && letters.last == "e" && !vowels.contains(letters[letters.count - 2])
            && !letters.suffix(2).elementsEqual("le")
        return max(1, groups - (silentE ? 1 : 0))
    }
}
