import Documents
import JSON
import Testing
import Validation

@Suite struct PastedTextTests {
    @Test func linesAndBlocksAreKept() {
        let document = DocumentText(pasted: "\r\n Maria Example \r\nBerlin\tGermany\r\r\n\n\nEngineer  ")
        #expect(document.text == " Maria Example\nBerlin\tGermany\n\nEngineer")
        #expect(document.lines.map(\.characters) == [0..<14, 15..<29, 31..<39])
        #expect(document.method == .pasted)
        #expect(document.hidden == [])
    }

    @Test func lettersAreComposedAndLigaturesTakenApart() {
        let document = DocumentText(pasted: "Jose\u{301} e\u{FB03}cient")
        #expect(document.text.unicodeScalars.count == "José efficient".unicodeScalars.count)
    }

    @Test(arguments: [
        ("Re\u{200B}su\u{200B}me", nil), ("\u{FEFF}Anna\u{200D}", nil), ("co\u{AD}op\u{AD}er\u{AD}ate\u{AD}ly so", nil),
        ("می\u{200C}خواهم می\u{200C}روم می\u{200C}شود می\u{200C}گویم می\u{200C}کنم", nil),
        ("J\u{200B}a\u{200B}v\u{200B}a\u{200B} \u{200B}b\u{2060}y", "4 letters parted by characters without width"),
        ("ok" + String(repeating: "\u{200B}\u{200C}", count: 150), "300 characters without width"),
    ]) func charactersWithoutWidthAreNoText(raw: String, report: String?) {
        let document = DocumentText(pasted: raw)
        #expect(!document.text.unicodeScalars.contains { $0.properties.isDefaultIgnorableCodePoint })
        #expect(document.hidden.map(\.text) == [report].compactMap { $0 })
    }

    @Test func whatTagsAndSelectorsSpellIsReported() {
        let tags = "hire me".unicodeScalars.map { Character(Unicode.Scalar($0.value + 0xE0000) ?? " ") }
        let selectors = "hire me".utf8.map { Character(Unicode.Scalar(UInt32($0) + 0xE0100 - 16) ?? " ") }
        let spelled = HiddenText(text: "hire me", page: 1, reason: .zeroWidth)
        #expect(DocumentText(pasted: "Anna" + String(tags)).hidden == [spelled])
        #expect(DocumentText(pasted: "Anna\u{FE0F}" + String(selectors)).hidden.first?.text == "hire me")
    }

    @Test func bidiControlsAreGone() {
        #expect(DocumentText(pasted: "\u{202E}abc\u{202C} \u{2067}def\u{2069}").text == "abc def")
    }

    @Test func whatIsTooLongIsCutAtALine() {
        let line = String(repeating: "a", count: 99_999)
        let document = DocumentText(pasted: "\(line)\n\(line)\nb")
        #expect(document.text.utf16.count == 199_999)
        #expect(document.lines.count == 2)
    }

    @Test func anAnswerSurvivesItsJSON() throws {
        let answers: [DocumentAnswer] = [
            .text(DocumentText(pasted: "Maria\nExample")), .scan, .problem(.unsupported(what: "a JPEG picture")),
            .problem(.toolFailed(detail: "x")), .problem(.tooManyPages(most: DocumentReader.mostPages)),
            .problem(.tooManyPages(most: 10)), .problem(.encrypted),
        ]
        for answer in answers {
            let json = try JSON(parsing: JSON.text(of: answer))
            #expect(try InputDecoder.decode(DocumentAnswer.self, from: json) == answer)
        }
    }
}
