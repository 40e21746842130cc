import Testing

@testable import Speech

struct VoicesTests {
    private func turn(_ speaker: String, _ start: Double, _ end: Double) -> Turn { Turn(Span(start: start, end: end), by: speaker) }

    private func code(_ pieces: [[Turn]], voiced: [Span] = [Span(start: 0, end: 1000)]) -> TranscriptProblem.Code? {
        Voices(pieces, voiced: voiced, engine: "labels").map { TranscriptProblem($0).code }
    }

    @Test func theVoiceThatIsHeardLongestIsTheMainOne() throws {
        let turns = [turn("B", 0, 4), turn("A", 4, 20), turn("C", 20, 22), turn("A", 22, 30), turn("B", 30, 32)]
        let voices = try #require(Voices([turns], voiced: [Span(start: 0, end: 40)], engine: "labels"))
        #expect(voices.count == 3)
        #expect(voices.othersSeconds == 8)
        #expect(voices.othersShare == 0.25)
        #expect(voices.others == [Span(start: 0, end: 4), Span(start: 20, end: 22), Span(start: 30, end: 32)])
        #expect(TranscriptProblem(voices).message.hasSuffix(
            "3 voices were heard, by labels: for 8.0 seconds, 25% of what is spoken, another than the main one."))
    }

    @Test func onlyWhereAVoiceIsHeardDoLabelsCount() throws {
        let voices = try #require(Voices(
            [[turn("A", 0, 10), turn("B", 10, 20)]], voiced: [Span(start: 1, end: 9), Span(start: 15, end: 15.5)], engine: "labels"))
        #expect(voices.others == [Span(start: 15, end: 15.5)])
        #expect(voices.othersSeconds == 0.5)
        #expect(code([[turn("A", 0, 10), turn("B", 10, 20)]], voiced: [Span(start: 1, end: 9)]) == .oneSpeaker)
    }

    @Test func whatLiesCloseTogetherIsOneStretch() throws {
        let words = [turn("A", 0, 10), turn("B", 10, 10.4), turn("B", 10.5, 11), turn("B", 12, 13)]
        let voices = try #require(Voices([words], voiced: [Span(start: 0, end: 20)], engine: "labels"))
        #expect(voices.others == [Span(start: 10, end: 11), Span(start: 12, end: 13)])
        #expect(voices.othersSeconds == 1.9)
    }

    @Test func eachPieceHasItsOwnLabels() throws {
        let pieces = [[turn("A", 0, 10)], [turn("B", 10, 18), turn("A", 18, 20)]]
        let voices = try #require(Voices(pieces, voiced: [Span(start: 0, end: 20)], engine: "labels"))
        #expect(voices.count == 2)
        #expect(voices.others == [Span(start: 18, end: 20)])
    }

    @Test(arguments: [
        (2.0, 66.0, TranscriptProblem.Code.severalSpeakers), (1.9, 30.0, .perhapsSeveralSpeakers),
        (2.0, 70.0, .perhapsSeveralSpeakers), (0.1, 900.0, .perhapsSeveralSpeakers),
    ])
    func twoSecondsAndThreePercentAreSure(others: Double, all: Double, expected: TranscriptProblem.Code) {
        #expect(code([[turn("A", 0, all - others), turn("B", all - others, all)]]) == expected)
    }

    @Test func withoutLabelsNobodyCounted() {
        #expect(code([]) == nil)
        #expect(code([[], []]) == nil)
        #expect(code([[turn("A", 3, 3)]]) == nil)
        #expect(code([[turn("A", 0, 10)]]) == .oneSpeaker)
    }
}
