import Testing

@testable import Speech

@Suite struct SpeechMetricsTests {
    private func transcript(_ words: [Word], voiced: [Span] = [], seconds: Double) -> Transcript {
        Transcript(
            text: words.map(\.text).joined(separator: " "), words: words, voiced: voiced,
            durationSeconds: seconds, language: "en", quality: .good, engine: OfflineTranscriber.engine)
    }

    /// Words of 0.3 s, 0.05 s apart; "|" is a pause of half a second, "||" of two seconds.
    private func words(_ text: String) -> [Word] {
        var words: [Word] = []
        var clock = 0.0
        for part in text.split(separator: " ") {
            switch part {
            case "|": clock += 0.5
            case "||": clock += 2
            default:
                words.append(Word(text: String(part), start: clock, end: clock + 0.3, confidence: 1))
                clock += 0.35
            }
        }
        return words
    }

    @Test func measuresFromWordTimes() {
        let metrics = SpeechMetrics(of: transcript(words("one two | three four || five six"), seconds: 10))
        #expect(metrics.wordCount == 6)
        #expect(metrics.responseLatencySeconds == 0)
        #expect(metrics.pauses.count == 2)
        #expect(metrics.pauses.longCount == 1)
        #expect(metrics.pauses.longestSeconds == 2.05)
        #expect(metrics.pauses.medianSeconds == 1.3)
        #expect(metrics.pauses.p90Seconds == 1.9)
        // 4.55 s from the first sound to the last, 1.95 s of them sound.
        #expect(metrics.speakingSeconds == 1.95)
        #expect(metrics.wordsPerMinute == 79.1)
        #expect(metrics.articulationRate == 3.08)
    }

    @Test func silenceHasNoRates() {
        let metrics = SpeechMetrics(of: transcript([], seconds: 30))
        #expect(metrics.wordCount == 0)
        #expect(metrics.wordsPerMinute == 0)
        #expect(metrics.articulationRate == nil)
        #expect(metrics.responseLatencySeconds == nil)
        #expect(metrics.pauses.medianSeconds == nil)
        #expect(metrics.pauses.count == 0)
    }

    @Test func aClickIsNoSpeech() {
        let metrics = SpeechMetrics(of: transcript(
            [Word(text: "hello", start: 3, end: 3.5, confidence: 1)],
            voiced: [Span(start: 0.5, end: 0.6), Span(start: 3, end: 3.5)], seconds: 5))
        #expect(metrics.responseLatencySeconds == 3)
        #expect(metrics.pauses.count == 0)
    }

    @Test func soundsOfHesitationAlwaysCount() {
        let fillers = SpeechMetrics(of: transcript(words("i um think uh that er works hmm"), seconds: 5)).fillers
        #expect(fillers.occurrences.map(\.text) == ["um", "uh", "er", "hmm"])
        #expect(fillers.count == 4)
        #expect(fillers.occurrences.map(\.wordIndex) == [1, 3, 5, 7])
        #expect(fillers.occurrences.allSatisfy { $0.kind == .sound })
        #expect(fillers.perHundredWords == 50)
    }

    @Test func saysWhetherTheEngineLeavesHesitationsOut() {
        let spoken = transcript(words("i um think"), seconds: 5)
        #expect(SpeechMetrics(of: spoken).fillerLowerBound)
        #expect(!SpeechMetrics(of: spoken, verbatim: true).fillerLowerBound)
    }

    @Test func publishesThresholdsAndMethod() {
        let metrics = SpeechMetrics(of: transcript(words("one | two"), seconds: 3))
        #expect(metrics.pauses.thresholdSeconds == 0.25)
        #expect(metrics.pauses.longThresholdSeconds == 1)
        #expect(metrics.vocalizations.thresholdSeconds == 0.15)
        #expect(metrics.method.pauses == .words)
        let measured = transcript(words("one | two"), voiced: [Span(start: 0, end: 0.3)], seconds: 3)
        #expect(SpeechMetrics(of: measured).method.pauses == .samples)
    }

    @Test func pausesStandWhereTheyWere() {
        let metrics = SpeechMetrics(of: transcript(
            words("one two"), voiced: [Span(start: 0.5, end: 1.5), Span(start: 2, end: 3)], seconds: 4))
        #expect(metrics.pauses.occurrences == [Span(start: 1.5, end: 2)])
        #expect(metrics.pauses.perMinute == 24)
        #expect(metrics.silenceSeconds == 2)
    }

    @Test func voiceWithoutAWordIsToldApartFromFillers() {
        let voiced = [Span(start: 0, end: 0.65), Span(start: 2, end: 2.4), Span(start: 3, end: 3.1)]
        let metrics = SpeechMetrics(of: transcript(words("one two"), voiced: voiced, seconds: 4))
        #expect(metrics.vocalizations.occurrences == [Span(start: 2, end: 2.4)])
        #expect(metrics.vocalizations.seconds == 0.4)
        #expect(metrics.fillers.count == 0)
    }

    @Test(arguments: [("we met. then we left. why?", 2), ("we met then we left", nil), ("one two three four!", 4)])
    func wordsPerSentenceNeedSentences(text: String, count: Double?) {
        #expect(SpeechMetrics(of: transcript(words(text), seconds: 5)).wordsPerSentence == count)
    }

    @Test(arguments: [
        ("so i called them", ["so"], []),
        ("it was so good", [], ["so"]),
        ("it was | like | a test", ["like"], []),
        ("i like tests", [], ["like"]),
        ("we met || you know they came", ["you know"], []),
        ("do you know them", [], ["you know"]),
        ("it was, actually, fine", ["actually"], []),
        ("it is fine. Right after that", ["right"], []),
        ("it is fine | right", ["right"], []),
    ])
    func phrasesCountOnlyWhereTheyFill(text: String, counted: [String], possible: [String]) {
        let fillers = SpeechMetrics(of: transcript(words(text), seconds: 10)).fillers
        #expect(fillers.occurrences.map(\.text) == counted)
        #expect(fillers.possible.map(\.text) == possible)
    }

    @Test(arguments: [
        ("the the plan", 1), ("i was i was there", 1), ("very very good", 0), ("the plan the team", 0), ("we we we went", 2),
    ])
    func countsRepetitions(text: String, count: Int) {
        #expect(SpeechMetrics(of: transcript(words(text), seconds: 5)).repetitions.count == count)
    }

    @Test(arguments: [
        ("i went | i drove home", ["i went"]), ("the pro- project", ["pro-"]), ("i think i know", []),
        ("we had. | we left", []), ("they all had | they left", ["they all had"]), ("i was i was | there", []),
    ])
    func findsFalseStarts(text: String, starts: [String]) {
        let repetitions = SpeechMetrics(of: transcript(words(text), seconds: 5)).repetitions
        #expect(repetitions.occurrences.filter { $0.kind == .falseStart }.map(\.text) == starts)
        #expect(repetitions.falseStartCount == starts.count)
    }

    @Test(arguments: [
        ("banana", 3), ("why", 1), ("one", 1), ("interview", 3), ("responsibility", 6), ("'bout", 1), ("zywicki", 3),
        ("aardvark", 2), ("people", 2), ("don't", 1),
    ])
    func syllablesOfTheDictionary(word: String, count: Int) {
        #expect(Syllables.count([word])[word] == count)
    }

    @Test(arguments: [("blorple", 2), ("kubernetify", 5), ("zzz", 1), ("frobnicate", 3)])
    func syllablesOfUnknownWords(word: String, count: Int) {
        #expect(Syllables.count([word], dictionary: "/no/such/file")[word] == count)
    }

    /// Silences of known length between sentences, digital or of noise, through Opus and back.
    @Test(arguments: [false, true])
    func findsThePausesThatWereMade(noisy: Bool) throws {
        let studio = try Studio()
        let lengths = [1.5, 0.4, 2.5, 0.7, 1.1, 0.3]
        func gap(_ seconds: Double) -> Studio.Part { noisy ? .noise(seconds) : .silence(seconds) }
        var parts = [gap(1.2)]
        for length in lengths { parts += [.speech("I made a plan"), gap(length)] }
        parts.append(.speech("I made a plan", voice: "slt"))
        let samples = try studio.samples(parts)
        let sound = try RecordedSound(of: studio.encode(samples, as: "answer.webm"), temporaryFolder: "/tmp")
        let metrics = SpeechMetrics(of: transcript([], voiced: sound.voiced, seconds: sound.audio.durationSeconds))

        #expect(metrics.pauses.count == lengths.count)
        #expect(metrics.pauses.longCount == 3)
        let latency = try #require(metrics.responseLatencySeconds)
        #expect(abs(latency - 1.2) < 0.06)
        let longest = try #require(metrics.pauses.longestSeconds)
        #expect(abs(longest - 2.5) < 0.1)
        let silent = lengths.reduce(1.2, +)
        #expect(abs(metrics.durationSeconds - metrics.speakingSeconds - silent) < 0.06 * Double(lengths.count + 1))
    }

    /// Pace within 3% of what was spoken, although some words are recognised wrongly.
    @Test func measuresPace() throws {
        let studio = try Studio()
        let text = "I asked each person to explain the problem and then I set up a short meeting with both of them"
        let spoken = try studio.samples([.speech(text, voice: "rms")])
        let recording = try studio.encode(
            Array(repeating: 0, count: 32_000) + spoken + Array(repeating: 0, count: 32_000), as: "answer.webm")
        let metrics = SpeechMetrics(of: try OfflineTranscriber().transcribe(recording))
        let truth = 20 * 60 / (Double(spoken.count) / 16_000)
        #expect(abs(metrics.wordsPerMinute / truth - 1) < 0.03)
    }
}
