import Testing
import Validation

@testable import Report

@Suite struct PageFlowTests {
    /// How many pages a document has: Cairo writes each page's object in clear.
    private func pages(_ draw: (PageFlow) -> Void) throws -> Int {
        let flow = PageFlow()
        draw(flow)
        let bytes = try flow.finish(title: "A title", foot: "A foot")
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(text.hasPrefix("%PDF-1.5"))
        return text.matches(of: /\/Type \/Page\b/).count
    }

    private let lines = (1...300).map { "Line \($0)" }.joined(separator: "\n")

    @Test func anEmptyDocumentHasAPage() throws {
        #expect(try pages { _ in } == 1)
    }

    @Test func aLongTextGoesOnFromPageToPage() throws {
        let one = try pages { $0.paragraph([TextRun("Short.")]) }
        let many = try pages { $0.paragraph([TextRun(lines)]) }
        #expect(one == 1)
        #expect((5...8).contains(many))
    }

    @Test func aRowThatIsLongerThanAPageBreaks() throws {
        let count = try pages { flow in
            flow.table([("What", 0.5), ("Why", 0.5)], [[[TextRun("Short.")], [TextRun(lines)]], [[TextRun("Next.")], [TextRun("–")]]])
        }
        #expect((5...8).contains(count))
    }

    @Test func manyRowsKeepTheirHeadOnEachPage() throws {
        let rows = (1...200).map { [[TextRun("\($0)")], [TextRun("Some words")]] }
        #expect(try pages { $0.table([("Number", 0.5), ("Words", 0.5)], rows) } > 4)
    }

    @Test func aHeadingDoesNotStandAloneAtAPagesFoot() throws {
        // So many short paragraphs that a heading would be the last thing on the page.
        for count in 25...60 {
            let flow = PageFlow()
            for _ in 0..<count { flow.paragraph([TextRun("A line.")], after: 0) }
            let before = flow.pageCount
            flow.heading("A heading", level: 2, style: .section)
            let withHeading = flow.pageCount
            flow.paragraph([TextRun("What it is about.")])
            #expect(flow.pageCount == withHeading, "after \(count) lines on \(before) pages")
        }
    }

    @Test func textIsNoMarkupAndHasNoControlCharacters() {
        let flow = PageFlow()
        let plain = flow.text([TextRun("<b>Bold</b> &amp; <span size=\"1\">")])
        #expect(plain.width > flow.text([TextRun("Bold & ")]).width)
        #expect(flow.text([TextRun("a\u{0}b\u{7}c")]).width == flow.text([TextRun("abc")]).width)
    }
}

@Suite struct WordsTests {
    @Test func timesAndNumbers() {
        #expect(Timestamp("2026-03-01T09:05:07.123Z")?.words == "1 March 2026, 09:05 UTC")
        #expect(Timestamp("2026-03-01T09:05:07.123Z")?.clock == "09:05:07")
        #expect([0, 59.9, 95, 600].map(clock) == ["0:00", "0:59", "1:35", "10:00"])
        #expect([4, 3.25, 3.666, 0.05].map(hundredths) == ["4.00", "3.25", "3.67", "0.05"])
        #expect(count(1, "event") == "1 event" && count(0, "event") == "0 events")
    }
}
