/// Tells voice from quiet by energy alone, so that a pause is measured where it is heard and not
/// where the recogniser happens to end a word.
enum VoiceActivity {
    /// Shorter gaps are the closures of plosives, shorter bursts are clicks; both in seconds.
    private static let shortestGap = 0.15
    private static let shortestBurst = 0.06

    /// The stretches with voice, in order, to 10 ms: where any band rises above its own quiet.
    static func detect(_ levels: SoundLevels) -> [Span] {
        let bands = levels.bands.compactMap { band in threshold(band).map { (levels: band, threshold: $0) } }
        var spans: [Span] = []
        var start: Int?
        for index in 0...levels.whole.count {
            let isLoud = index < levels.whole.count && bands.contains { $0.levels[index] >= $0.threshold }
            if isLoud {
                start = start ?? index
            } else if let first = start {
                spans.append(Span(start: seconds(first), end: seconds(index)))
                start = nil
            }
        }
        return merge(spans, gapsBelow: shortestGap).filter { $0.length >= shortestBurst }
    }

    private static func seconds(_ frame: Int) -> Double { Double(frame) / Double(SoundLevels.framesPerSecond) }

    /// Joins neighbours whose gap is shorter than `limit` seconds.
    static func merge(_ spans: [Span], gapsBelow limit: Double) -> [Span] {
        spans.reduce(into: []) { merged, span in
            if let last = merged.last, span.start - last.end < limit {
                merged[merged.count - 1] = Span(start: last.start, end: max(last.end, span.end))
            } else {
                merged.append(span)
            }
        }
    }

    /// 30% of the way from the quietest frames to the loudest, and 7 dB above the quiet at least, which noise
    /// by itself seldom rises; nil where they are too close for anybody to speak. The quiet of an answer that is
    /// nearly all speech lies in its plosives; the loudness of one that is nearly all silence, in its loudest second.
    private static func threshold(_ levels: [Float]) -> Float? {
        guard !levels.isEmpty else { return nil }
        let sorted = levels.sorted()
        let quiet = sorted[sorted.count / 20]
        let loud = sorted[sorted.count - 1 - min(sorted.count / 200, SoundLevels.framesPerSecond)]
        return loud - quiet < 10 ? nil : quiet + max(7, 0.3 * (loud - quiet))
    }
}
