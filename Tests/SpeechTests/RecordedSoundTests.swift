import Testing

@testable import Speech

@Suite(.serialized) struct RecordedSoundTests {
    private func sound(_ studio: borrowing Studio, _ parts: [Studio.Part]) throws -> RecordedSound {
        try RecordedSound(of: studio.record(parts), temporaryFolder: "/tmp")
    }

    /// What a hosted engine might answer: each word takes a second.
    private func hosted(
        _ text: String, from start: Double, language: String = "en", timing: Transcript.Timing? = nil, speakers: TranscriptProblem? = nil
    ) -> Transcript {
        let words = text.split(separator: " ").enumerated().map { index, word in
            Word(text: String(word), start: start + Double(index) / 3, end: start + Double(index + 1) / 3, confidence: 1)
        }
        return Transcript(
            text: text, words: words, durationSeconds: 0, language: language, quality: .good,
            engine: OfflineTranscriber.engine, timing: timing, speakers: speakers)
    }

    @Test func silenceAndNoiseAreToldApartBeforeAnybodyIsAsked() throws {
        let studio = try Studio()
        #expect(try sound(studio, [.silence(4)]).problem?.code == .silence)
        let noise = try studio.ffmpeg(["-f", "lavfi", "-i", "anoisesrc=a=0.2:r=48000:d=4"], as: "noise.webm")
        #expect(try RecordedSound(of: noise, temporaryFolder: "/tmp").problem?.code == .noise)
        #expect(try sound(studio, [.silence(1), .speech("I made a plan"), .silence(1)]).problem == nil)
    }

    @Test func aTranscriptThatLostMoreThanOneWordInTwentyIsHeld() throws {
        let studio = try Studio()
        let speech = try sound(studio, [.speech("I asked each person to explain the problem"), .silence(4)])
        let kept = try speech.checked(hosted("I asked each person to explain the", from: 0))
        #expect(kept.problem == nil)
        #expect(kept.removed == [])
        let lost = try speech.checked(hosted("I asked each person to explain the problem thank you so much for watching", from: 0))
        #expect(lost.problem?.code == .textRemoved)
        #expect(lost.problem?.code.effect == .held)
        #expect(lost.text.hasPrefix("I asked each person"))
    }

    /// Some services write commas and full stops in the text, and not with the words.
    @Test(arguments: [
        ("I asked: each person. Thank you so much!", "I asked: each person.", ["I", "asked:", "each", "person."]),
        ("I asked – well, each person. Thank you so much!", "I asked each person", ["I", "asked", "each", "person"]),
    ])
    func wordsAreWrittenAsTheTextHasThem(text: String, kept: String, words: [String]) throws {
        let studio = try Studio()
        let speech = try sound(studio, [.speech("I asked each person"), .silence(4)])
        var given = hosted("I asked each person", from: 0)
        given.words += hosted("Thank you so much", from: 4).words
        given.text = text
        let checked = try speech.checked(given)
        #expect(checked.text == kept)
        #expect(checked.words.map(\.text) == words)
    }

    @Test func anotherLanguageIsHeld() throws {
        let studio = try Studio()
        let speech = try sound(studio, [.speech("I asked each person to explain the problem")])
        let checked = try speech.checked(hosted("ich bat jeden das alles zu sagen", from: 0, language: "de"))
        #expect(checked.problem?.code == .language)
        #expect(!checked.words.isEmpty)
    }

    /// Some engines do not say which language they heard.
    @Test(arguments: [
        ("ich bat jeden das Problem zu erklären und am Ende einigten wir uns auf einen Plan der für alle gut war", TranscriptProblem.Code.language),
        ("my task was to help them agree and I asked everybody to explain the problem as we had no time for it", nil),
        ("danke das war alles", nil),
    ])
    func aLanguageThatNobodyNamesIsToldByItsWords(text: String, code: TranscriptProblem.Code?) throws {
        let studio = try Studio()
        let spoken = Studio.Part.speech("I asked each person to explain the problem and wrote down the facts")
        let speech = try sound(studio, [spoken, spoken, spoken])
        #expect(try speech.checked(hosted(text, from: 0, language: "und")).problem?.code == code)
    }

    @Test func severalVoicesAreHeldUnlessSomethingElseHoldsTheAnswer() throws {
        let studio = try Studio()
        let speech = try sound(studio, [.speech("I asked each person to explain the problem")])
        let turns = [Turn(Span(start: 0, end: 3), by: "A"), Turn(Span(start: 3, end: 6), by: "B")]
        let several = TranscriptProblem(try #require(Voices([turns], voiced: [Span(start: 0, end: 6)], engine: "labels")))
        let english = try speech.checked(hosted("I asked each person to explain", from: 0, speakers: several))
        #expect((english.problem, english.remarks, english.speakers) == (several, [], nil))
        let german = try speech.checked(hosted("ich bat jeden das alles zu sagen", from: 0, language: "de", speakers: several))
        #expect((german.problem?.code, german.remarks) == (.language, [several]))
        let one = TranscriptProblem(try #require(Voices([[turns[0]]], voiced: [Span(start: 0, end: 6)], engine: "labels")))
        let alone = try speech.checked(hosted("I asked each person to explain", from: 0, speakers: one))
        #expect((alone.problem, alone.remarks?.map(\.code)) == (nil, [.oneSpeaker]))
    }

    @Test func timesThatWereEstimatedAreFoundInTheSound() throws {
        let studio = try Studio()
        let sentence = Studio.Part.speech("My task was to help them agree.")
        let speech = try sound(studio, [.silence(2), sentence, .silence(3), sentence])
        let said = "My task was to help them agree. My task was to help them Zzyx agree."
        let checked = try speech.checked(hosted(said, from: 0, timing: .estimated))
        #expect(checked.timing == .aligned)
        #expect(checked.text == said)
        #expect(checked.words.map(\.text) == said.split(separator: " ").map(String.init))
        let start = try #require(checked.words.first?.start)
        #expect(abs(start - 2) < 0.06)
        #expect(zip(checked.words, checked.words.dropFirst()).allSatisfy { $0.end <= $1.start + 0.001 })
    }

    @Test func whatComesAfterTheLongestIsSaid() throws {
        let studio = try Studio()
        let recording = try studio.record([.speech("I asked each person to explain the problem"), .silence(3)])
        let speech = try RecordedSound(of: recording, temporaryFolder: "/tmp", maximumSeconds: 3)
        let checked = try speech.checked(hosted("I asked each person", from: 0))
        #expect(checked.remarks?.map(\.code) == [.overTwoHours, .speakersNotChecked])
        #expect(checked.durationSeconds == 3)
    }

    @Test func everyProblemHasASentence() {
        for code in TranscriptProblem.Code.allCases {
            #expect(TranscriptProblem(code).message.hasSuffix("."))
        }
    }
}
