import Documents

/// Words that stand side by side, no further apart than words of a sentence do.
struct Segment {
    /// From left to right.
    private(set) var words: [PageWord]
    private(set) var frame: Frame

    init(_ word: PageWord) {
        words = [word]
        frame = word.frame
    }

    /// In points, that of most characters.
    var fontSize: Double {
        var counts: [Double: Int] = [:]
        for word in words { counts[word.fontSize, default: 0] += word.text.count }
        return counts.max { ($0.value, $0.key) < ($1.value, $1.key) }?.key ?? 0
    }

    /// From left to right, as it is seen.
    var text: String { words.map(\.text).joined(separator: " ") }

    mutating func add(_ word: PageWord) {
        words.append(word)
        frame = frame.joined(with: word.frame)
    }

    /// Groups the words of a page that share a line.
    static func of(_ words: [PageWord]) -> [Segment] {
        var segments: [Segment] = []
        // Segments that may still grow, by the part of the page where they stand.
        var open: [Int: [Int]] = [:]
        let band = 20.0
        for word in words.sorted(by: { $0.frame.left < $1.frame.left }) {
            let bands = Int(word.frame.top / band) - 1...Int(word.frame.bottom / band) + 1
            let near = Set(bands.flatMap { open[$0] ?? [] }).filter { segments[$0].takes(word) }
            if let best = near.max(by: { segments[$0].frame.right < segments[$1].frame.right }) {
                segments[best].add(word)
            } else {
                segments.append(Segment(word))
                for part in Int(word.frame.top / band)...Int(word.frame.bottom / band) {
                    open[part, default: []].append(segments.count - 1)
                }
            }
        }
        return segments.sorted { ($0.frame.top, $0.frame.left) < ($1.frame.top, $1.frame.left) }
    }

    /// The space between words is a quarter of the size, in justified lines more.
    private func takes(_ word: PageWord) -> Bool {
        let size = max(1, min(word.fontSize, words[words.count - 1].fontSize))
        let gap = word.frame.left - frame.right
        return gap < 0.9 * size && gap > -0.5 * size && frame.sharesHeight(with: word.frame) > 0.5
    }

    /// Whether both stand on one line of writing.
    func isBeside(_ other: Segment) -> Bool { frame.sharesHeight(with: other.frame) > 0.5 }
}
