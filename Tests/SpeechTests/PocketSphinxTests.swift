import Testing

@testable import Speech

@Suite struct PocketSphinxTests {
    /// As `pocketsphinx_batch -ctm` writes it: utterance, channel, start, duration, word, confidence.
    private let recorded = """
        0 1 0.15 0.18 in 0.865
        0 1 0.34 0.19 my(2) 1.000
        0 1 0.54 0.10 <sil> 0.900
        0 1 0.65 0.31 ++UH++ 0.500
        1 1 0.10 0.40 job 1.0001
        1 1 0.51 0.10 [NOISE] 0.500

        """
    private let utterances = [
        PocketSphinx.Utterance(start: 0, end: 500), PocketSphinx.Utterance(start: 450, end: 900),
    ]

    @Test func readsWordsOfAllUtterancesOnTheRecordingsClock() {
        let words = PocketSphinx.words(PocketSphinx.parse(recorded), of: utterances)
        #expect(words.map(\.text) == ["in", "my", "job"])
        #expect(words.map(\.start) == [0.15, 0.34, 4.6])
        #expect(words.map(\.end) == [0.34, 0.54, 5.01])
    }

    @Test func confidenceNeverExceedsOne() {
        #expect(PocketSphinx.parse(recorded).map(\.confidence) == [0.865, 1, 1])
    }

    @Test func otherLinesAreNoSegments() {
        #expect(PocketSphinx.parse("one two three four five six\n0 1 0.1\n\n").isEmpty)
    }

    @Test func wordsOfOtherHandsAreSortedAndDoNotOverlap() {
        let segments = PocketSphinx.parse("1 1 0.00 0.50 later 1.0\n0 1 4.40 0.30 earlier 1.0\n7 1 0.0 0.1 none 1.0\n")
        let words = PocketSphinx.words(segments, of: utterances)
        #expect(words.map(\.text) == ["earlier", "later"])
        #expect(words[1].start == words[0].end)
    }
}
