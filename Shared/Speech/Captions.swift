/// Spoken words as captions, so many at a time as can be read along.
public struct Captions: Sendable, Equatable {
    let cues: [Cue]
    /// What people should know before they trust the words, or find none.
    let problem: TranscriptProblem?

    struct Cue: Sendable, Equatable {
        /// In seconds from the start of the recording.
        let start: Double
        let end: Double
        /// Not longer than a caption's lines, unless a single word is.
        let lines: [String]
    }

    /// Two lines of 42 characters are what broadcasters and streaming services commonly allow.
    private static let lineLength = 42
    private static let longestSeconds = 6.0
    /// A caption ends where the speaker pauses.
    private static let pauseSeconds = 0.8
    /// How long a caption stays when nothing follows, so that a short one can be read.
    private static let lingerSeconds = 1.0

    /// - Parameter words: in the order in which they were said. A recogniser's times may touch or
    ///   overlap; those of captions do not.
    public init(of words: [Word], problem: TranscriptProblem? = nil) {
        self.problem = problem
        let groups = Self.groups(of: words.filter {
            !$0.text.allSatisfy(\.isWhitespace) && $0.start.isFinite && $0.end.isFinite
        })
        cues = groups.indices.map { index in
            let group = groups[index]
            let start = max(0, group[0].start)
            let next = index + 1 < groups.count ? groups[index + 1][0].start : .infinity
            let end = min(max(group[group.count - 1].end, start) + Self.lingerSeconds, next)
            return Cue(start: start, end: max(end, start + 0.001), lines: Self.lines(of: group.map(\.text)))
        }
    }

    private static func groups(of words: [Word]) -> [[Word]] {
        var groups: [[Word]] = []
        for word in words {
            if let group = groups.last, belongs(word, to: group) {
                groups[groups.count - 1].append(word)
            } else {
                groups.append([word])
            }
        }
        return groups
    }

    private static func belongs(_ word: Word, to group: [Word]) -> Bool {
        guard let first = group.first, let last = group.last else { return true }
        return word.start - last.end < pauseSeconds && word.end - first.start <= longestSeconds
            && lines(of: (group + [word]).map(\.text)).allSatisfy { $0.count <= lineLength }
    }

    /// One line, or two of which the longer is as short as can be.
    private static func lines(of words: [String]) -> [String] {
        let whole = words.joined(separator: " ")
        guard whole.count > lineLength else { return [whole] }
        let breaks = words.indices.dropFirst().map { index in
            [words[..<index].joined(separator: " "), words[index...].joined(separator: " ")]
        }
        return breaks.min { max($0[0].count, $0[1].count) < max($1[0].count, $1[1].count) } ?? [whole]
    }

    /// A WebVTT file: https://www.w3.org/TR/webvtt1/#file-structure. The problem is a note, and stands in the picture for
    /// its first seconds.
    public var webVTT: String {
        "WEBVTT\n" + warning + cues.map { cue in
            "\n\(Self.time(cue.start)) --> \(Self.time(cue.end))\n"
                + cue.lines.map { "\(Self.escaped($0))\n" }.joined()
        }.joined()
    }

    /// Players show no notes, so it is a cue besides; at the top, where it hides no words.
    private var warning: String {
        guard let problem else { return "" }
        let end = Self.time(Self.longestSeconds)
        return "\nNOTE \(problem.code.rawValue)\n\(Self.escaped(problem.message))\n"
            + "\n00:00:00.000 --> \(end) line:0\n\(Self.escaped(problem.message))\n"
    }

    /// hh:mm:ss.ttt
    private static func time(_ seconds: Double) -> String {
        let milliseconds = Int((seconds * 1000).rounded())
        func digits(_ value: Int, _ count: Int) -> String {
            let text = String(value)
            return String(repeating: "0", count: max(0, count - text.utf8.count)) + text
        }
        return "\(digits(milliseconds / 3_600_000, 2)):\(digits(milliseconds / 60_000 % 60, 2)):"
            + "\(digits(milliseconds / 1000 % 60, 2)).\(digits(milliseconds % 1000, 3))"
    }

    /// Text without markup, on one line.
    private static func escaped(_ text: String) -> String {
        text.map { character -> String in
            switch character {
            case "&": "&amp;"
            case "<": "&lt;"
            case ">": "&gt;"
            case _ where character.isNewline: " "
            default: String(character)
            }
        }.joined()
    }
}
