/// Whether an answer's words are rather words of success or of trouble: the wording of a text, not feelings, and nothing
/// from face or voice. Described only where the organisation asks for it, and in no score.
public struct WordingTone: Codable, Sendable, Equatable {
    public enum Label: String, Codable, Sendable {
        case positive, neutral, negative
    }

    public let label: Label
    /// (positive - negative) / (positive + negative), -1 to 1; 0 without such words.
    public let score: Double
    /// The words that were counted, as spoken, each once. A word after a denial counts on the other side and has "not" before it.
    public let positive: [String]
    public let negative: [String]
    public let note: String

    init(of clauses: [Clause]) {
        var counted: (positive: [String], negative: [String]) = ([], [])
        for words in clauses.map(\.words) {
            for (index, word) in words.enumerated() {
                let stem = Terms.stem(word)
                guard Self.good.contains(stem) != Self.bad.contains(stem) else { continue }
                let isDenied = words[..<index].suffix(3).contains(where: Self.denials.contains)
                let term = isDenied ? "not \(word)" : word
                if Self.good.contains(stem) != isDenied { counted.positive.append(term) } else { counted.negative.append(term) }
            }
        }
        let (good, bad) = (Double(counted.positive.count), Double(counted.negative.count))
        score = good + bad == 0 ? 0 : ((good - bad) / (good + bad) * 100).rounded() / 100
        // With fewer words than three, one more or less would turn it.
        label = good + bad < 3 || abs(score) < 0.34 ? .neutral : score > 0 ? .positive : .negative
        positive = Self.distinct(counted.positive)
        negative = Self.distinct(counted.negative)
        note = "Wording, not feelings: counts words of two lists. It is in no score."
    }

    private static func distinct(_ words: [String]) -> [String] {
        var seen: Set<String> = []
        return words.filter { seen.insert($0).inserted }
    }

    private static let denials: Set<String> = [
        "not", "no", "never", "without", "hardly", "didn't", "don't", "doesn't", "wasn't", "weren't", "isn't", "couldn't", "wouldn't", "can't", "nothing", "nobody", "none",
    ]

    private static func stems(_ list: String) -> Set<String> { Set(list.split { $0 == " " || $0 == "\n" }.map { Terms.stem(String($0)) }) }

    private static let good = stems("""
        achieve agree appreciate benefit best better calm clear confident delighted easy effective efficient enjoy excellent
        fair fast gain glad good grateful great grow happy help helpful improve joy kind love pleased praise proud reliable
        resolve safe satisfied smooth solve strong succeed success successful support thank trust useful valuable win won
        """)
    private static let bad = stems("""
        afraid angry annoyed argue awful bad blame break broken bug chaos complain conflict confused crash crisis damage
        delay difficult disagree disappointed error fail failure fault fear frustrated hard hate hostile hurt ignore
        impossible incident lose loss lost mess mistake outage overrun pain poor problem reject rude sad slow stress
        struggle terrible tired trouble unfair unhappy upset useless weak worry worse worst wrong
        """)
}
