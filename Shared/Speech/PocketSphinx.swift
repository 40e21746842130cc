import POSIX

/// Recognises English words with Debian's `pocketsphinx` and its model `pocketsphinx-en-us`.
enum PocketSphinx {
    /// Bytes of address space; it was seen to need about 110 MB resident.
    private static let memory = 1 << 30

    /// - Parameters:
    ///   - file: raw 16-bit little-endian mono samples at 16 kHz.
    ///   - audioSeconds: their length, which bounds the time allowed.
    static func words(in file: String, audioSeconds: Int) throws(TranscriptionError) -> [Word] {
        let limits = ChildProcess.Limits(seconds: 60 + 3 * audioSeconds, memory: memory, output: 8 << 20)
        let result = try runTool(
            "pocketsphinx_continuous", ["-infile", file, "-time", "yes", "-logfn", "/dev/null"], limits: limits)
        guard result.status == 0 else {
            throw .engineFailed(detail: "pocketsphinx_continuous ended with \(result.status): \(result.errors)")
        }
        return parse(String(decoding: result.output, as: UTF8.self))
    }

    /// Reads the output of `-time yes`: for each utterance one line with its text, then a line
    /// `word start end confidence` for each segment, times in seconds with `end` the last frame's start.
    ///
    /// An utterance begins a few frames before its first sound, which can be before the end of the
    /// one that came before it. Words are kept in order of time: none begins before the last has ended.
    static func parse(_ output: String) -> [Word] {
        var earliest = 0.0
        return output.split(separator: "\n").compactMap { line in
            let fields = line.split(separator: " ")
            guard fields.count == 4,
                let start = Double(fields[1]), let end = Double(fields[2]), let confidence = Double(fields[3]),
                let text = spoken(fields[0])
            else { return nil }
            let begins = max(start, earliest)
            earliest = max(begins, rounded(end + 0.01))
            // Rounding in log space yields posteriors slightly above 1.
            return Word(text: text, start: begins, end: earliest, confidence: min(1, max(0, confidence)))
        }
    }

    /// A segment's word without the mark of its alternate pronunciation, `why(2)`; nil for the
    /// model's silences and noises `<s>`, `</s>`, `<sil>`, `[NOISE]`, `++UH++`.
    private static func spoken(_ segment: Substring) -> String? {
        guard let first = segment.first, !"<[+".contains(first) else { return nil }
        guard segment.last == ")", let open = segment.lastIndex(of: "("), open > segment.startIndex else {
            return String(segment)
        }
        return String(segment[..<open])
    }
}

/// Milliseconds are the finest that word times carry.
func rounded(_ seconds: Double) -> Double { (seconds * 1000).rounded() / 1000 }
