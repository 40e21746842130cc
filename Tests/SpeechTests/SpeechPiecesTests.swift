import Testing

@testable import Speech

struct SpeechPiecesTests {
    @Test func cutsAtThePauses() {
        let voiced = stride(from: 0.0, to: 100, by: 10).map { Span(start: $0, end: $0 + 9) }
        #expect(SpeechPieces.cuts(seconds: 100, voiced: voiced, most: 35) == [29.5, 59.5, 89.5])
        #expect(SpeechPieces.cuts(seconds: 80, voiced: [Span(start: 0, end: 80)], most: 30) == [30, 60])
        #expect(SpeechPieces.cuts(seconds: 20, voiced: [], most: 30) == [])
    }

    @Test func nobodyIsAskedWhatIsSaidInSilence() {
        typealias Piece = SpeechPieces.Piece
        #expect(SpeechPieces.pieces(seconds: 20, voiced: [Span(start: 1, end: 19)], most: 30) == [Piece(start: 0, seconds: 20)])
        let ends = [Span(start: 0, end: 10), Span(start: 110, end: 120)]
        #expect(SpeechPieces.pieces(seconds: 120, voiced: ends, most: 40) == [Piece(start: 0, seconds: 40), Piece(start: 100, seconds: 20)])
        #expect(SpeechPieces.pieces(seconds: 20, voiced: [], most: 30) == [])
    }
}
