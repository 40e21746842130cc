import Testing

import CSV

@Suite struct CSVTests {
    private static func values(_ text: String) -> [[String]] { CSV.records(in: text).map(\.values) }

    @Test(arguments: ["\r\n", "\n", "\r"])
    func linesEndInAnyWay(ending: String) {
        let text = ["a,b", "1,2", "3,4"].joined(separator: ending)
        #expect(Self.values(text) == [["a", "b"], ["1", "2"], ["3", "4"]])
        #expect(Self.values(text + ending) == Self.values(text))
        #expect(CSV.records(in: text).map(\.line) == [1, 2, 3])
    }

    @Test func quotedValuesHoldEverything() {
        let text = "a,b\r\n\"x, y\",\"say \"\"hi\"\"\"\r\n\"two\r\nlines\",\"\"\r\n"
        #expect(Self.values(text) == [["a", "b"], ["x, y", "say \"hi\""], ["two\r\nlines", ""]])
    }

    @Test(arguments: ["\r\n", "\n", "\r"])
    func linesAreCountedInsideQuotes(ending: String) {
        let text = "a,b\(ending)\"1\(ending)\(ending)2\",x\(ending)3,y"
        #expect(CSV.records(in: text).map(\.line) == [1, 2, 5])
    }

    @Test func semicolonsSeparateWhereTheFirstLineHasThem() {
        #expect(Self.values("a;b;c\n1,5;2;3") == [["a", "b", "c"], ["1,5", "2", "3"]])
        #expect(Self.values("\"x;y;z\",b\n1;2,3") == [["x;y;z", "b"], ["1;2", "3"]])
        #expect(Self.values("\n\na;b\n1;2") == [["a", "b"], ["1", "2"]])
        #expect(Self.values("alone\n1;2") == [["alone"], ["1", "2"]])
    }

    @Test func aByteOrderMarkIsNoPartOfTheHeader() {
        #expect(Self.values("\u{FEFF}name,email\nä,ö") == [["name", "email"], ["ä", "ö"]])
        #expect(Self.values("\u{FEFF}\"name\",email") == [["name", "email"]])
    }

    @Test func linesWithoutValuesAreNoRecords() {
        let records = CSV.records(in: "a,b\n\n,\n1,2\n\n")
        #expect(records.map(\.values) == [["a", "b"], ["1", "2"]])
        #expect(records.map(\.line) == [1, 4])
        #expect(CSV.records(in: "") == [])
        #expect(CSV.records(in: "\u{FEFF}") == [])
    }

    @Test func spacesAndFormulasAreValuesLikeOthers() {
        #expect(Self.values("a,b\n =1+1 ,@x") == [["a", "b"], [" =1+1 ", "@x"]])
    }

    @Test func aValueMayBeTheLastWithoutAnything() {
        #expect(Self.values("a,b,\n1,2,") == [["a", "b", ""], ["1", "2", ""]])
    }

    @Test func whatIsMalformedIsToldAndTheRestIsRead() {
        let records = CSV.records(in: "a,b\nx \"y\" z,1\n\"x\" y,2\n\"open,3\nfine,4")
        #expect(records.map { $0.problem == nil } == [true, false, false, false, true])
        #expect(records.map(\.line) == [1, 2, 3, 4, 5])
        #expect(records.compactMap(\.problem?.value) == [0, 0, 0])
        #expect(records[1].problem?.message.hasPrefix("has a quotation mark in the middle") == true)
        #expect(records[2].problem?.message.hasPrefix("goes on after") == true)
        #expect(records[3].problem?.message == "begins with a quotation mark that is never closed")
        #expect(records.last?.values == ["fine", "4"])
    }

    @Test func aSlipCostsItsOwnLine() {
        let records = CSV.records(in: "a,b\n\"open,1\n\"fine\",2\n3,4")
        #expect(records.map { $0.problem == nil } == [true, false, true, true])
        #expect(records.map(\.line) == [1, 2, 3, 4])
        #expect(records[2].values == ["fine", "2"])
    }
}
