import Testing

@testable import Speech

@Suite struct InventedTextTests {
    private func transcript(_ text: String, voiced: [Span] = [], segments: [Segment]? = nil) -> Transcript {
        let words = text.split(separator: " ").enumerated().map { index, word in
            Word(text: String(word), start: Double(index), end: Double(index) + 0.8, confidence: 1)
        }
        return Transcript(
            text: text, words: words, voiced: voiced, durationSeconds: 60, language: "en", quality: .good,
            engine: OfflineTranscriber.engine, segments: segments)
    }

    private func segment(_ range: ClosedRange<Double>, silence: Double, log: Double, ratio: Double) -> Segment {
        Segment(
            start: range.lowerBound, end: range.upperBound, text: "", avgLogProbability: log, compressionRatio: ratio,
            noSpeechProbability: silence)
    }

    @Test func wordsInSilenceAreTakenOut() {
        var given = transcript("we met them thanks for watching", voiced: [Span(start: 0, end: 2.7)])
        let removed = InventedText.remove(from: &given)
        #expect(given.text == "we met them")
        #expect(removed == [RemovedText(text: "thanks for watching", start: 3, end: 5.8, wordCount: 3, reason: .outsideSpeech)])
    }

    @Test func whatIsSureStaysAsItWas() {
        var given = transcript("We met. Then, we left!", voiced: [Span(start: 0, end: 6)])
        #expect(InventedText.remove(from: &given).isEmpty)
        #expect(given.text == "We met. Then, we left!")
    }

    /// Without samples nobody knows where it was silent.
    @Test func withoutSamplesNothingIsOutsideSpeech() {
        var given = transcript("we met them")
        #expect(InventedText.remove(from: &given).isEmpty)
    }

    @Test(arguments: [
        ("we so so so so so so left", "we so left"),
        ("we so so so so so left", "we so so so so so left"),
        ("i see i see i see i see i see i see now", "i see now"),
        ("a b c a b c a b c a b c a b c a b c a b c", "a b c"),
        ("no no no we said no and no again", "no no no we said no and no again"),
    ])
    func loopsAreSaidOnce(text: String, kept: String) {
        var given = transcript(text)
        let removed = InventedText.remove(from: &given)
        #expect(given.text == kept)
        #expect(removed.allSatisfy { $0.reason == .loop })
    }

    @Test(arguments: [
        (0.7, -1.2, 1.5, true), (0.5, -1.2, 1.5, false), (0.7, -0.8, 1.5, false), (0.1, -0.2, 2.5, true),
        (0.1, -0.2, 2.4, false),
    ])
    func segmentsThatTheirEngineDoubts(silence: Double, log: Double, ratio: Double, isRemoved: Bool) {
        var given = transcript("we met them there", segments: [segment(2...4, silence: silence, log: log, ratio: ratio)])
        #expect(InventedText.remove(from: &given).map(\.text) == (isRemoved ? ["them there"] : []))
    }
}
