import Glibc

/// Tells voice from quiet by energy alone, so that a pause is measured where it is heard and not
/// where the recogniser happens to end a word.
enum VoiceActivity {
    private static let frame = Audio.rate / 100
    /// Shorter gaps are the closures of plosives, shorter bursts are clicks; both in seconds.
    private static let shortestGap = 0.15
    private static let shortestBurst = 0.06

    /// The stretches with voice, in order, to 10 ms.
    static func detect(_ samples: [Int16]) -> [Span] {
        let levels = stride(from: 0, to: samples.count - frame + 1, by: frame).map { start in
            level(samples[start..<start + frame])
        }
        guard let threshold = threshold(levels) else { return [] }
        var spans: [Span] = []
        var start: Int?
        for (index, level) in (levels + [-.infinity]).enumerated() {
            if level >= threshold {
                start = start ?? index
            } else if let first = start {
                spans.append(Span(start: Double(first) / 100, end: Double(index) / 100))
                start = nil
            }
        }
        return merge(spans, gapsBelow: shortestGap).filter { $0.length >= shortestBurst }
    }

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

    /// Decibels below full scale of a frame, not under -60, below which a codec makes its own noise.
    private static func level(_ frame: ArraySlice<Int16>) -> Double {
        var sum = 0
        for sample in frame { sum += Int(sample) * Int(sample) }
        return max(-60, 10 * log10(Double(sum) / Double(frame.count) / (32768.0 * 32768.0) + 1e-9))
    }

    /// 30% of the way from the quietest frames to the loudest; nil where they are too close for
    /// anybody to speak. The extreme percentiles hold for answers that are nearly all speech or
    /// nearly all silence.
    private static func threshold(_ levels: [Double]) -> Double? {
        guard !levels.isEmpty else { return nil }
        let sorted = levels.sorted()
        let quiet = sorted[sorted.count / 20]
        let loud = sorted[sorted.count - 1 - sorted.count / 200]
        return loud - quiet < 12 ? nil : quiet + 0.3 * (loud - quiet)
    }
}
