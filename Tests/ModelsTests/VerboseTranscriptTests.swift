import JSON
import Speech
import Testing

@testable import Models

struct VerboseTranscriptTests {
    private func read(_ text: String, offset: Double = 0) throws -> VerboseTranscript {
        try VerboseTranscript(try JSON(parsing: text), offset: offset, seconds: 10)
    }

    @Test func addsThePiecesOffset() throws {
        let part = try read(
            #"{"text":" We met.","duration":"9.5","words":[{"word":" We","start":0.5,"end":0.7},{"word":"met","start":0.8,"end":1.2}],"language":"english"}"#,
            offset: 3600)
        #expect(part.text == "We met.")
        #expect(part.words == [
            Word(text: "We", start: 3600.5, end: 3600.7, confidence: 1), Word(text: "met", start: 3600.8, end: 3601.2, confidence: 1),
        ])
    }

    @Test func findsWordsWithinSegments() throws {
        let part = try read(
            #"{"text":"so","segments":[{"start":0,"end":2,"text":" so","avg_logprob":-1.2,"no_speech_prob":0.7,"compression_ratio":2.5,"words":[{"word":" so","start":0.1,"end":0.3,"probability":0.4}]}]}"#)
        #expect(part.words == [Word(text: "so", start: 0.1, end: 0.3, confidence: 0.4)])
        #expect(part.segments == [
            Segment(start: 0, end: 2, text: "so", avgLogProbability: -1.2, compressionRatio: 2.5, noSpeechProbability: 0.7)
        ])
    }

    /// As whisper.cpp's server has it: tokens for words, and a line of text for each segment.
    @Test func makesWordsOfTokens() throws {
        let part = try read(#"""
            {"text":" That's odd, well-kn\nown - so.\n It is.\n","segments":[
              {"start":0,"end":3,"words":[
                {"word":" That","start":0.1,"end":0.3,"probability":0.9},{"word":"'s","start":0.3,"end":0.4,"probability":0.6},
                {"word":" odd","start":0.5,"end":0.8,"probability":0.9},{"word":",","start":0.8,"end":1.4,"probability":0.2},
                {"word":" well","start":1.5,"end":1.7,"probability":0.9},{"word":"-","start":1.7,"end":1.7,"probability":0.9},
                {"word":"kn","start":1.7,"end":1.9,"probability":0.8}]},
              {"start":3,"end":6,"words":[
                {"word":"own","start":2,"end":2.2,"probability":0.7},{"word":" -","start":2.2,"end":2.3,"probability":0.9},
                {"word":" so","start":3,"end":3.2,"probability":0.9},{"word":".","start":3.2,"end":4,"probability":0.9}]}]}
            """#)
        #expect(part.words == [
            Word(text: "That's", start: 0.1, end: 0.4, confidence: 0.6), Word(text: "odd,", start: 0.5, end: 0.8, confidence: 0.9),
            Word(text: "well-known", start: 1.5, end: 2.2, confidence: 0.7), Word(text: "so.", start: 3, end: 3.2, confidence: 0.9),
        ])
        #expect(part.text == "That's odd, well-known - so. It is.")
    }

    /// Lines that bring their own spaces are one text; others have none between them but the line's end.
    @Test(arguments: [
        (#" We met.\n Then we le\nft.\n"#, "We met. Then we left."), (#"We met.\nThen we left.\n"#, "We met. Then we left."), (#"We  met"#, "We met"),
    ])
    func writesTextOnOneLine(text: String, line: String) throws { #expect(try read(#"{"text":"\#(text)"}"#).text == line) }

    @Test func aWordIsAsSureAsItsSegmentWhereNothingElseIsSaid() throws {
        let part = try read(
            #"{"text":"a b c","words":[{"word":"a","start":0,"end":1},{"word":"b","start":2,"end":3,"probability":0.9},{"word":"c","start":8,"end":9}],"segments":[{"start":0,"end":4,"avg_logprob":-0.5}]}"#)
        #expect(part.words.map(\.confidence) == [0.607, 0.9, 1])
    }

    @Test func keepsTimesWithinThePiece() throws {
        let part = try read(#"{"text":"a b","words":[{"word":"a","start":-1,"end":99},{"word":"","start":1,"end":2},{"word":"b","start":"3","end":2}]}"#)
        #expect(part.words == [Word(text: "a", start: 0, end: 10, confidence: 1), Word(text: "b", start: 3, end: 3, confidence: 1)])
    }

    /// As OpenAI's `diarized_json` has it, as WhisperX labels words, and what is no label.
    @Test(arguments: [
        (#"{"text":"a b","segments":[{"type":"transcript.text.segment","id":"seg_1","start":0,"end":2,"text":"a","speaker":"A"},{"start":2,"end":99,"speaker":"B"}]}"#,
         [Turn(Span(start: 5, end: 7), by: "A"), Turn(Span(start: 7, end: 15), by: "B")]),
        (#"{"text":"a b","segments":[{"start":0,"end":2,"speaker":"SPEAKER_00","words":[{"word":"a","start":0,"end":1,"speaker":"SPEAKER_01"},{"word":"b"}]}]}"#,
         [Turn(Span(start: 5, end: 6), by: "SPEAKER_01")]),
        (#"{"text":"a","words":[{"word":"a","start":1,"end":2,"speaker":"A"}],"segments":[{"start":0,"end":2}]}"#,
         [Turn(Span(start: 6, end: 7), by: "A")]),
        (#"{"text":"a","segments":[{"start":0,"end":2,"speaker":null},{"start":0,"end":2,"speaker":1},{"speaker":"A"}]}"#, []),
    ])
    func readsWhoSpeaksWhereverItStands(reply: String, turns: [Turn]) throws {
        #expect(try read(reply, offset: 5).turns == turns)
    }

    @Test func laysWordsOverTheVoice() {
        let voiced = [Span(start: 1, end: 2), Span(start: 5, end: 7)]
        let words = VerboseTranscript.estimate("one two six", voiced: voiced, seconds: 10)
        #expect(words.map(\.start) == [1, 2, 6])
        #expect(words.map(\.end) == [2, 6, 7])
    }

    @Test(arguments: [("english", "en"), ("en", "en"), ("German", "de"), ("", "und"), ("klingonese", "und")])
    func namesLanguagesByCode(name: String, code: String) { #expect(VerboseTranscript.code(name) == code) }
}
