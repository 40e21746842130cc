/// A value as it was read: what it says, where, and how sure that is.
struct Value: Equatable {
    let text: String
    let ranges: [TextRange]
    let confidence: Double

    init(_ span: Span, confidence: Double) {
        self.init(text: span.text, ranges: [span.range], confidence: confidence)
    }

    /// Pieces that belong together, such as the lines of a bullet.
    init(_ spans: [Span], confidence: Double) {
        self.init(text: spans.map(\.text).joined(separator: " "), ranges: spans.map(\.range), confidence: confidence)
    }

    init(text: String, ranges: [TextRange], confidence: Double) {
        self.text = text
        self.ranges = ranges
        self.confidence = confidence
    }
}

/// A position as it was read.
struct Position {
    var title: Value?
    var company: Value?
    var dates: DateSpan?
    var bullets: [Value] = []

    var isCurrent: Bool { dates?.end == .present }
}
