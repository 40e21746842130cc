/// How many voices an engine heard in a recording, and where it is not the main one's.
///
/// Its labels tell voices apart within one recording. Whose they are nobody asks: no voice is compared with any other
/// recording, which would be biometrics.
public struct Voices: Codable, Sendable, Equatable {
    /// At least so many: the most in one piece of the recording, since the labels of two pieces have nothing in common.
    public let count: Int
    /// How long others than the main voice of their piece are heard.
    public let othersSeconds: Double
    /// Of all that is spoken, 0 to 1.
    public let othersShare: Double
    /// Where they are heard, in order.
    public let others: [Span]
    /// The model that told the voices apart.
    public let engine: String

    /// Below these the labels are as likely wrong as right: engines slip at the edges of what they label.
    static let leastSeconds = 2.0
    static let leastShare = 0.03
    /// What lies closer together is shown as one stretch, in seconds.
    private static let shortestGap = 0.5

    /// - Parameters:
    ///   - pieces: who speaks when in each piece of the recording, in seconds from the recording's start.
    ///   - voiced: where a voice is heard. What was labelled elsewhere does not count.
    /// - Returns: nil where the engine labelled nobody.
    public init?(_ pieces: [[Turn]], voiced: [Span], engine: String) {
        let heard = pieces.map { Self.heard($0, voiced) }.filter { !$0.isEmpty }
        guard !heard.isEmpty else { return nil }
        let others = heard.flatMap { $0.dropFirst().flatMap(\.self) }.sorted { $0.start < $1.start }
        let seconds = Self.seconds(others)
        count = heard.reduce(0) { max($0, $1.count) }
        othersSeconds = rounded(seconds)
        othersShare = rounded(seconds / (seconds + heard.reduce(0) { $0 + Self.seconds($1[0]) }))
        self.others = VoiceActivity.merge(others, gapsBelow: Self.shortestGap)
            .map { Span(start: rounded($0.start), end: rounded($0.end)) }
        self.engine = engine
    }

    /// Whether there is more of another voice than engines' slips make.
    var areSeveral: Bool { othersSeconds >= Self.leastSeconds && othersShare >= Self.leastShare }

    /// Where each voice is heard; first the one that is heard longest.
    private static func heard(_ turns: [Turn], _ voiced: [Span]) -> [[Span]] {
        Dictionary(grouping: turns, by: \.speaker).values
            .map { turns in turns.flatMap { turn in voiced.compactMap { $0.common(with: turn.span) } } }
            .filter { !$0.isEmpty }
            .sorted { (seconds($0), $1[0].start) > (seconds($1), $0[0].start) }
    }

    private static func seconds(_ spans: [Span]) -> Double { spans.reduce(0) { $0 + $1.length } }
}

/// A stretch of a recording with an engine's label of who speaks in it.
public struct Turn: Sendable, Equatable {
    public let span: Span
    /// Such as "A" or "SPEAKER_01".
    public let speaker: String

    public init(_ span: Span, by speaker: String) {
        self.span = span
        self.speaker = speaker
    }
}

extension Span {
    fileprivate func common(with other: Span) -> Span? {
        let (start, end) = (max(start, other.start), min(end, other.end))
        return start < end ? Span(start: start, end: end) : nil
    }
}
