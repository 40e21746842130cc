import Testing

@testable import Analysis

@Suite struct QuoteSearchTests {
    private let text = "In the end – after two weeks – we didn’t lose a single customer.  My naïve plan (the ﬁrst one) had worked!"

    private func found(_ quote: String, in text: String) -> String? {
        QuoteSearch(text).find(quote).map { String(decoding: Array(text.utf16)[$0.characters], as: UTF16.self) }
    }

    @Test(arguments: [
        ("we didn't lose a single customer", "we didn’t lose a single customer"),
        ("WE DIDN’T LOSE A SINGLE CUSTOMER.", "we didn’t lose a single customer"),
        ("after two weeks, we didn't", "after two weeks – we didn’t"),
        ("my nai\u{308}ve plan: the first one had worked", "My naïve plan (the ﬁrst one) had worked"),
        ("we didnt loose a single customer", "we didn’t lose a single customer"),
    ])
    func findsWhatIsThere(quote: String, there: String) {
        #expect(found(quote, in: text) == there)
    }

    @Test(arguments: [
        "we lost every single customer", "the plan of my colleagues had worked", "in the beginning after two weeks", "I led the project",
        "", "  – ",
    ])
    func findsNothingElse(quote: String) {
        #expect(found(quote, in: text) == nil)
    }

    /// The definition, by the table of Wagner and Fischer, on random texts.
    @Test func agreesWithTheDefinition() {
        var random = Sequence(seed: 7)
        var hits = 0
        for _ in 0..<400 {
            let text = random.text(words: 40)
            let words = text.split(separator: " ").map(String.init)
            let start = random.below(words.count - 14)
            var quote = Array(words[start..<start + 4 + random.below(10)].joined(separator: " "))
            for _ in 0..<random.below(8) {
                let place = random.below(quote.count)
                switch random.below(3) {
                case 0: quote.remove(at: place)
                case 1: quote.insert("x", at: place)
                default: quote[place] = "y"
                }
            }
            let match = QuoteSearch(text).find(String(quote))
            let least = distances(FoldedText(String(quote)).scalars, FoldedText(text).scalars)
            let length = FoldedText(String(quote)).scalars.count
            if let match {
                hits += 1
                #expect(match.similarity >= 0.9)
                // What was found is as near as anything in the text, but for a space at each end.
                let said = String(decoding: Array(text.utf16)[match.characters], as: UTF16.self)
                #expect(abs(table(FoldedText(said).scalars, FoldedText(String(quote)).scalars) - least) <= 2)
            } else {
                // Even a match that is longer than the quotation by every edit would be too far.
                #expect(Double(least) > 0.1 * Double(length - 2), "\(quote) in \(text)")
            }
        }
        #expect(hits > 100 && hits < 390)
    }

    @Test func longTextsAndQuotationsOfManyBlocks() {
        var random = Sequence(seed: 3)
        let text = random.text(words: 20_000)
        let quote = text.split(separator: " ")[15_000..<15_120].joined(separator: " ")
        #expect(QuoteSearch(text).find(quote)?.similarity == 1)
        #expect(QuoteSearch(text).find(quote)?.characters.count == quote.utf16.count)
    }

    @Test func placesCountInUTF16() throws {
        let text = "👋🏽 Ça alors. I moved the whole team. 👋🏽"
        let match = try #require(QuoteSearch(text).find("I moved the whole team"))
        #expect(String(decoding: Array(text.utf16)[match.characters], as: UTF16.self) == "I moved the whole team")
        #expect(match.similarity == 1)
    }

    /// The least distance of the pattern to any part of the text.
    private func distances(_ pattern: [UInt32], _ text: [UInt32]) -> Int {
        var column = Array(0...pattern.count)
        var least = pattern.count
        for symbol in text {
            var next = [0]
            for row in 1...pattern.count {
                next.append(min(column[row - 1] + (pattern[row - 1] == symbol ? 0 : 1), column[row] + 1, next[row - 1] + 1))
            }
            column = next
            least = min(least, column[pattern.count])
        }
        return least
    }

    private func table(_ one: [UInt32], _ other: [UInt32]) -> Int {
        var column = Array(0...one.count)
        for (index, symbol) in other.enumerated() {
            var next = [index + 1]
            for row in 1...one.count {
                next.append(min(column[row - 1] + (one[row - 1] == symbol ? 0 : 1), column[row] + 1, next[row - 1] + 1))
            }
            column = next
        }
        return column[one.count]
    }
}

/// Numbers that are the same in every run (Knuth's MMIX generator).
private struct Sequence {
    var seed: UInt64

    mutating func below(_ limit: Int) -> Int {
        seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(seed >> 33) % limit
    }

    mutating func text(words: Int) -> String {
        (0..<words).map { _ in
            String((0..<2 + below(7)).map { _ in "abcdefghijklmnopqrst"["abcdefghijklmnopqrst".index("abcdefghijklmnopqrst".startIndex, offsetBy: below(20))] })
        }.joined(separator: " ")
    }
}
