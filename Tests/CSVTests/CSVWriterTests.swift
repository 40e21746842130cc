import CSV
import Testing

@Suite struct CSVWriterTests {
    private func written(_ values: [String?]) -> String {
        var writer = CSVWriter(header: [])
        writer.add(values)
        return String(decoding: writer.bytes.dropFirst(5), as: UTF8.self)
    }

    @Test func everyCellIsQuotedAndEveryLineEnds() {
        #expect(written(["a", nil, "", "x, \"y\"\nz"]) == "\"a\",\"\",\"\",\"x, \"\"y\"\"\nz\"\r\n")
        #expect(CSVWriter(header: ["Name"]).bytes == Array("\u{FEFF}\"Name\"\r\n".utf8))
    }

    @Test(arguments: ["=1+1", "+49 30", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠x"])
    func whatLooksLikeAFormulaIsText(value: String) {
        #expect(written([value]) == "\"'\(value)\"\r\n")
    }

    /// Only its first character makes a formula.
    @Test(arguments: ["a=1", "'=1", " =1", "2026-11-21", "grace@candidates.example"])
    func otherTextStaysAsItIs(value: String) {
        #expect(written([value]) == "\"\(value)\"\r\n")
    }

    @Test func theReaderReadsWhatWasWritten() {
        var writer = CSVWriter(header: ["name", "note"])
        writer.add(["Ann \"A\" O’Hara", "one, two;\r\nthree"])
        let records = CSV.records(in: String(decoding: writer.bytes, as: UTF8.self))
        #expect(records.map(\.values) == [["name", "note"], ["Ann \"A\" O’Hara", "one, two;\r\nthree"]])
    }
}
