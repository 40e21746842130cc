import Testing

@testable import Speech

@Suite struct PocketSphinxTests {
    /// Recorded from `pocketsphinx_continuous -infile … -time yes`.
    private let recorded = """
        my task was to help them
        <s> 2.880 3.020 0.999800
        <sil> 3.030 3.210 0.719544
        my 3.220 3.360 0.114195
        task 3.370 3.740 0.060306
        was(2) 3.750 3.870 0.270238
        to(2) 3.880 4.020 0.634859
        [SPEECH] 4.025 4.030 0.267308
        help 4.030 4.340 0.999900
        them 4.350 4.500 0.553348
        </s> 5.930 6.330 1.000000
        it basically works
        <s> 8.000 8.080 0.999700
        it 8.090 8.200 0.658857
        basically 8.210 8.900 1.000100
        ++UH++ 8.910 8.950 0.500000
        [NOISE] 8.960 9.000 0.500000
        works 9.010 9.400 0.662160
        </s> 9.410 9.800 1.000000

        """

    @Test func readsWordsOfAllUtterances() {
        let words = PocketSphinx.parse(recorded)
        #expect(words.map(\.text) == ["my", "task", "was", "to", "help", "them", "it", "basically", "works"])
        #expect(words[1] == Word(text: "task", start: 3.37, end: 3.75, confidence: 0.060306))
    }

    @Test func confidenceNeverExceedsOne() {
        #expect(PocketSphinx.parse(recorded).allSatisfy { (0...1).contains($0.confidence) })
    }

    @Test func textOfFourWordsIsNoSegment() {
        #expect(PocketSphinx.parse("one two three four\n<s> 0.1 0.2 1.0\n").isEmpty)
    }

    @Test func silenceGivesNothing() {
        #expect(PocketSphinx.parse("").isEmpty)
    }

    @Test func keepsWordsInOrderWhereUtterancesOverlap() {
        let words = PocketSphinx.parse("again 18.100 18.660 0.9\ni 18.470 18.600 0.8\nask 18.610 19.000 0.7\n")
        #expect(words.map(\.start) == [18.1, 18.67, 18.67])
        #expect(words.map(\.end) == [18.67, 18.67, 19.01])
    }
}
