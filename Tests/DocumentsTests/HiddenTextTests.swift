import Documents
import Testing

/// Text that is in a file but not to be seen.
@Suite struct HiddenTextTests {
    @Test(arguments: [
        ("white.pdf", HiddenText.Reason.invisibleColor), ("almost-white-with-a-line.pdf", .invisibleColor),
        ("colour-of-its-bar.pdf", .invisibleColor), ("undrawn.pdf", .invisibleColor),
        ("undrawn-over-text.pdf", .invisibleColor), ("tiny.pdf", .tiny), ("cropped.pdf", .offPage),
        ("covered.pdf", .covered), ("transparent.pdf", .covered),
    ]) func isReportedAndNoPartOfTheText(name: String, reason: HiddenText.Reason) throws {
        let document = try Corpus.read(name)
        #expect(document.text == Corpus.resume)
        #expect(document.hidden == [HiddenText(text: Corpus.secret, page: 1, reason: reason)])
    }

    @Test func textBesideThePageIsReported() throws {
        let document = try Corpus.read("off-page.pdf")
        #expect(document.text == Corpus.resume)
        #expect(document.hidden.map(\.reason) == [.offPage])
        #expect(document.hidden[0].text == "\(Corpus.secret) \(Corpus.secret)")
    }

    @Test func paleSmallAndWhiteOnDarkTextIsNoAlarm() throws {
        let document = try Corpus.read("ordinary.pdf")
        #expect(document.hidden == [])
        for part in ["Pale grey", "Small print of six points", "White words on a dark bar", "■ LARGE ■"] {
            #expect(document.text.contains(part))
        }
        #expect(try Corpus.read("sidebar.pdf").hidden == [])
    }

    @Test func aScansLayerIsComparedWithItsPicture() throws {
        let honest = try Corpus.read("scan-with-layer.pdf")
        #expect(honest.method == .recognized)
        #expect(honest.hidden == [])
        let lying = try Corpus.read("scan-with-lying-layer.pdf")
        #expect(lying.text == Corpus.resume)
        #expect(lying.hidden == [HiddenText(text: Corpus.secret, page: 1, reason: .invisibleColor)])
    }

    @Test func wordProcessorsHideInTheirOwnWays() throws {
        let document = try Corpus.read("word.docx")
        #expect(document.hidden == [
            HiddenText(text: "vanished words", page: 1, reason: .markedHidden),
            HiddenText(text: "white words", page: 1, reason: .invisibleColor),
            HiddenText(text: "small words", page: 1, reason: .tiny),
            HiddenText(text: "hire her", page: 1, reason: .zeroWidth),
        ])
        for part in ["vanished", "white words", "small words"] { #expect(!document.text.contains(part)) }
    }
}
