import Testing

@testable import Speech

@Suite struct CaptionsTests {
    private func word(_ text: String, _ start: Double, _ end: Double) -> Word {
        Word(text: text, start: start, end: end, confidence: 1)
    }

    /// Words of 0.3 s, one every 0.4 s.
    private func words(_ text: String) -> [Word] {
        text.split(separator: " ").enumerated().map { word(String($1), Double($0) * 0.4, Double($0) * 0.4 + 0.3) }
    }

    @Test func writesTimesAndLines() {
        let captions = Captions(of: [word("So", 3599.5, 3599.9), word("we", 3600.0, 3600.25), word("shipped.", 3601.2, 3601.7)])
        #expect(
            captions.webVTT == """
                WEBVTT

                00:59:59.500 --> 01:00:01.200
                So we

                01:00:01.200 --> 01:00:02.700
                shipped.

                """)
    }

    @Test func tellsTheTranscriptsProblemInANoteAndInThePicture() {
        let captions = Captions(of: [word("So", 1, 1.4)], problem: TranscriptProblem(.textRemoved))
        let message = "More than 5% of the words were removed, since they cannot have been said: the engine made them up."
        #expect(
            captions.webVTT == """
                WEBVTT

                NOTE TEXT_REMOVED
                \(message)

                00:00:00.000 --> 00:00:06.000 line:0
                \(message)

                00:00:01.000 --> 00:00:02.400
                So

                """)
    }

    @Test func breaksLongSpeechAndBalancesLines() {
        let captions = Captions(of: words("in my last job a release broke the checkout and two engineers disagreed about how to go on with it"))
        #expect(captions.cues.map { $0.lines } == [
            ["in my last job a release broke the", "checkout and two engineers disagreed about"],
            ["how to go on with it"],
        ])
        #expect(captions.cues.allSatisfy { $0.lines.allSatisfy { $0.count <= 42 } && $0.end - $0.start <= 7 })
    }

    @Test func neverOverlaps() {
        let captions = Captions(of: [
            word("one", 0, 7), word("two", 6.5, 6.2), word("three", 14, 14.1), word("four", 14.9, 15),
        ])
        for (cue, next) in zip(captions.cues, captions.cues.dropFirst()) { #expect(cue.end <= next.start) }
        #expect(captions.cues.allSatisfy { $0.start < $0.end })
        #expect(captions.cues.flatMap(\.lines).joined(separator: " ") == "one two three four")
    }

    @Test func textIsNeverMarkupOrATime() {
        let text = Captions(of: [word("<b>\n00:00:00.000 --> 00:00:09.000 &", 0, 1)]).webVTT
        #expect(text == "WEBVTT\n\n00:00:00.000 --> 00:00:02.000\n&lt;b&gt; 00:00:00.000 --&gt; 00:00:09.000 &amp;\n")
    }

    @Test func nothingSaidIsNoCaption() {
        #expect(Captions(of: []).webVTT == "WEBVTT\n")
        #expect(Captions(of: [word(" ", 0, 1), word("x", .nan, 1)]).cues.isEmpty)
    }
}
