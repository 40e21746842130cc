import Testing

@testable import Speech

struct SpeechPiecesTests {
    @Test func cutsAtThePauses() {
        let voiced = stride(from: 0.0, to: 100, by: 10).map { Span(start: $0, end: $0 + 9) }
        #expect(SpeechPieces.cuts(seconds: 100, voiced: voiced, most: 35) == [29.5, 59.5, 89.5])
        #expect(SpeechPieces.cuts(seconds: 80, voiced: [Span(start: 0, end: 80)], most: 30) == [30, 60])
        #expect(SpeechPieces.cuts(seconds: 20, voiced: [], most: 30) == [])
    }
}
