import POSIX

/// Recognises English words with Debian's `pocketsphinx` and its model `pocketsphinx-en-us`, or finds where known
/// words were said.
enum PocketSphinx {
    /// Bytes of address space of one process; it was seen to need about 130 MB resident.
    private static let memory = 1 << 30
    private static let model = "/usr/share/pocketsphinx/model/en-us"
    static let dictionary = "\(model)/cmudict-en-us.dict"

    /// What is recognised by itself, in frames of ``SoundLevels``.
    struct Utterance: Equatable {
        let start: Int
        let end: Int
    }

    /// The words of all utterances, in order. Each utterance is normalised by its own mean spectrum, so that what is
    /// heard in one does not depend on which others the same process has heard.
    /// - Parameters:
    ///   - processes: between how many the utterances are dealt out.
    ///   - locks: a folder. All processes of this machine that are given it take turns: never more than
    ///     `processes` of them recognise at a time.
    ///   - seconds: the time allowed, waiting for the turn included.
    ///   - turn: how many of them to wait for the turn. Who does not get it by then failed, and may come again.
    static func recognize(
        _ utterances: [Utterance], of audio: Audio, processes: Int, locks: String, seconds: Int, turn: Int
    ) throws(TranscriptionError) -> [Word] {
        let hands = (0..<min(processes, utterances.count)).map { first in
            stride(from: first, to: utterances.count, by: processes).map { ($0, utterances[$0]) }
        }
        for (index, hand) in hands.enumerated() {
            let lines = hand.map { "\(Audio.fileName) \($1.start) \($1.end) \($0)\n" }.joined()
            try write(lines, to: "\(audio.folder)/\(index).ctl")
        }
        try write(hands.indices.map { "\($0)\n" }.joined(), to: "\(audio.folder)/hands")
        // xargs starts a process for each hand and waits for all; with 255 one ends all. Killed, it takes them along.
        try run(
            "xargs", ["-a", "\(audio.folder)/hands", "-P", "\(hands.count)", "-I", "{}",
                "setpriv", "--pdeathsig", "KILL", "--", "flock", "--no-fork", "--timeout", "\(turn)",
                "--conflict-exit-code", "255", "\(locks)/parley-recogniser-{}",
                "pocketsphinx_batch", "-lm", "\(model)/en-us.lm.bin"] + pruning + options(audio, task: "{}"),
            seconds: seconds)
        var segments: [Segment] = []
        for index in hands.indices { segments += parse(try text(of: "\(audio.folder)/\(index).ctm")) }
        return words(segments, of: utterances)
    }

    /// The most states and words that are followed at a time. Noise makes everything as likely, and without this it
    /// takes three times as long; the words of clear speech stayed the same.
    private static let pruning = ["-maxhmmpf", "3000", "-maxwpf", "20"]

    /// Where words were said that are known to have been said, in this order; nil when the sound does not bear them
    /// out. A word that is not in the dictionary fills what its neighbours leave.
    static func align(_ words: [String], with audio: Audio, seconds: Int) throws(TranscriptionError) -> [Word]? {
        let spoken = words.map { Word(text: $0, start: 0, end: 0, confidence: 0).normalized }
        let known = Syllables.known(Set(spoken))
        let states = spoken.indices.filter { known.contains(spoken[$0]) }
        let grammar = """
            FSG_BEGIN answer
            NUM_STATES \(states.count + 1)
            START_STATE 0
            FINAL_STATE \(states.count)
            \(states.enumerated().map { "TRANSITION \($0) \($0 + 1) 1.0 \(spoken[$1])" }.joined(separator: "\n"))
            FSG_END

            """
        try write(grammar, to: "\(audio.folder)/answer.fsg")
        try write("\(Audio.fileName) 0 \(audio.levels.whole.count) 0\n", to: "\(audio.folder)/align.ctl")
        try run(
            "pocketsphinx_batch",
            ["-fsg", "\(audio.folder)/answer.fsg", "-bestpath", "no"] + widely + options(audio, task: "align"),
            seconds: seconds)
        let found = parse(try text(of: "\(audio.folder)/align.ctm"))
        guard found.count == states.count else { return nil }
        var times: [Int: Segment] = [:]
        for (index, segment) in zip(states, found) { times[index] = segment }
        return fill(words, times, audio.durationSeconds)
    }

    /// There is one way through known words; in noise it must not be given up early.
    private static let widely = ["-beam", "1e-120", "-pbeam", "1e-120", "-wbeam", "1e-100", "-maxhmmpf", "-1"]

    private static func fill(_ words: [String], _ times: [Int: Segment], _ duration: Double) -> [Word] {
        var result: [Word] = []
        for (index, text) in words.enumerated() {
            let start = times[index]?.start ?? result.last?.end ?? 0
            let next = (index + 1..<words.count).lazy.compactMap { times[$0]?.start }.first ?? duration
            let end = times[index]?.end ?? min(next, start + 0.5)
            result.append(Word(text: text, start: rounded(start), end: rounded(max(start, end)), confidence: 1))
        }
        return result
    }

    /// Silence is kept, so that times stay those of the recording.
    private static func options(_ audio: Audio, task: String) -> [String] {
        ["-hmm", "\(model)/en-us", "-dict", dictionary, "-adcin", "yes", "-cepdir", audio.folder,
            "-cepext", Audio.fileExtension, "-cmn", "batch", "-remove_silence", "no", "-logfn", "/dev/null",
            "-ctl", "\(audio.folder)/\(task).ctl", "-ctm", "\(audio.folder)/\(task).ctm"]
    }

    private static func run(_ program: String, _ arguments: [String], seconds: Int) throws(TranscriptionError) {
        let limits = ChildProcess.Limits(seconds: seconds, memory: memory, output: 1 << 16, file: 64 << 20)
        let result = try runTool(program, arguments, limits: limits)
        guard result.status == 0 else {
            throw .engineFailed(detail: "\(program) ended with \(result.status): \(result.errors)")
        }
    }

    private static func write(_ text: String, to path: String) throws(TranscriptionError) {
        try ownFault { () throws(SystemError) in try File.replace(path, with: Array(text.utf8), mode: 0o600) }
    }

    private static func text(of path: String) throws(TranscriptionError) -> String {
        String(decoding: try ownFault { () throws(SystemError) in try File.read(path) }, as: UTF8.self)
    }

    /// A word as `-ctm` writes it, in seconds from its utterance's start.
    struct Segment: Equatable {
        let utterance: Int
        let text: String
        let start: Double
        let end: Double
        let confidence: Double
    }

    /// Reads lines `utterance channel start duration word confidence`, whose duration lacks the last frame.
    static func parse(_ output: String) -> [Segment] {
        output.split(separator: "\n").compactMap { line in
            let fields = line.split(separator: " ")
            guard fields.count == 6, let utterance = Int(fields[0]), let start = Double(fields[2]),
                let length = Double(fields[3]), let confidence = Double(fields[5]), let text = spoken(fields[4])
            else { return nil }
            // Rounding in log space yields posteriors slightly above 1.
            return Segment(
                utterance: utterance, text: text, start: start, end: start + length + 0.01,
                confidence: min(1, max(0, confidence)))
        }
    }

    /// Words in order of time, on the recording's clock: none begins before the last has ended.
    static func words(_ segments: [Segment], of utterances: [Utterance]) -> [Word] {
        let placed = segments.compactMap { segment -> Word? in
            guard utterances.indices.contains(segment.utterance) else { return nil }
            let offset = Double(utterances[segment.utterance].start) / Double(SoundLevels.framesPerSecond)
            return Word(
                text: segment.text, start: rounded(offset + segment.start), end: rounded(offset + segment.end),
                confidence: segment.confidence)
        }
        var earliest = 0.0
        return placed.sorted { $0.start < $1.start }.map { word in
            let start = max(word.start, earliest)
            earliest = max(start, word.end)
            return Word(text: word.text, start: start, end: earliest, confidence: word.confidence)
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
