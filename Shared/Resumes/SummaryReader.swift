/// Reads what somebody says about themselves in a few sentences.
enum SummaryReader {
    /// The section with that heading, or else a paragraph before the first section.
    static func summary(_ sections: [Section]) -> Value? {
        if let section = sections.first(where: { $0.kind == .summary && !$0.lines.isEmpty }) {
            return Value(section.lines.map(\.content), confidence: 0.9)
        }
        guard sections.count > 1, let head = sections.first, head.kind == nil else { return nil }
        var paragraph: [Span] = []
        for line in head.lines.reversed() {
            let words = line.content.words.count
            guard words >= (paragraph.isEmpty ? 3 : 7), !line.content.contains(.at), !isContact(line.content) else {
                break
            }
            paragraph.insert(line.content, at: 0)
            if line.startsBlock { break }
        }
        return paragraph.reduce(0) { $0 + $1.words.count } >= 12 ? Value(paragraph, confidence: 0.6) : nil
    }

    private static func isContact(_ line: Span) -> Bool {
        line.units.contains(UInt16(UInt8(ascii: "|"))) || line.units.count(where: \.isDigit) > 6
    }
}
