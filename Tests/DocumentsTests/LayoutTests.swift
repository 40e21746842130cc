import Documents
import Testing

/// What stands on pages of every kind, in the order in which people read it.
@Suite struct LayoutTests {
    @Test func columnsAreReadOneAfterTheOther() throws {
        #expect(try Corpus.read("two-columns.pdf").text == """
            One heading above both columns

            Left column begins here
            and goes on with words
            for many short lines
            until it comes to
            its very last line

            Right column has its
            own lines of words that
            stand beside the left
            and are read after it
            down to the bottom
            """)
    }

    @Test func aSidebarStaysTogetherAndDatesStayWithTheirTitles() throws {
        #expect(try Corpus.read("sidebar.pdf").text.hasPrefix("""
            Maria Example

            CONTACT
            maria@example.org
            +49 30 1234567
            SKILLS
            Swift
            PostgreSQL
            Kubernetes

            Senior Engineer, Acme GmbH\t2019 – 2023
            • Designed payment services that customers use in regions
            """))
    }

    @Test func rowsOfATableAreLines() throws {
        #expect(try Corpus.read("table.pdf").text == """
            2019 – 2023\tSenior Engineer\tAcme GmbH
            2015 – 2019\tEngineer\tBolt Ltd
            2014 – 2015\tIntern\tCargo Inc
            2010 – 2014\tStudent\tExample University
            """)
    }

    @Test func turnedTextComesLast() throws {
        #expect(try Corpus.read("title-along-the-edge.pdf").text == "\(Corpus.resume)\n\nCurriculum vitae 2026")
    }

    @Test func aColumnOfDatesIsNoColumn() throws {
        #expect(try Corpus.read("dates-at-the-left.pdf").text.hasPrefix("""
            2019 – 2023\tSenior Engineer, Acme GmbH
            What was done there in a line of words
            and in one more line of other words

            2015 – 2019\tEngineer, Bolt Ltd
            """))
    }

    @Test func datesBesideEntriesAreNoColumnWhereListsStandBelow() throws {
        #expect(try Corpus.read("dates-and-lists.pdf").text == """
            Maria Example
            Berlin
            Work
            2015 – 2019\tEngineer
            Bolt Ltd
            Built data pipelines

            Schools
            2010 – 2014\tBSc Physics
            Example University

            Languages
            German
            """)
    }

    @Test func whatStandsUnderHeadingsBesideEachOtherIsColumns() throws {
        #expect(try Corpus.read("two-headings.pdf").text == """
            Work
            Engineer at Bolt Ltd
            2015 to 2019

            Skills
            Swift and PostgreSQL
            Kubernetes
            """)
    }

    @Test func cellsThatWereTooNarrowAreWhole() throws {
        #expect(try Corpus.read("narrow-cells.pdf").text == """
            Royal Academy of Applied Arts\t2017 until 2020

            Lakeshore College\t2013
            BSc Physics
            """)
    }

    @Test func wordsThatAHyphenPartsAreWhole() throws {
        #expect(try Corpus.read("hyphenation.pdf").text == """
            Maria has experience
            with full-stack
            work; full-stack it was, and she reduced
            the cost of it all by a good half.
            """)
    }

    @Test func runningHeadsStandOnceAndPageNumbersNever() throws {
        let document = try Corpus.read("running-heads.pdf")
        #expect(document.pages == 3)
        #expect(document.text.components(of: "maria@example.org") == 1)
        #expect(!document.text.contains("Page"))
        #expect(document.text.components(of: "Part three") == 3)
    }

    @Test func rightToLeftTextStandsInTheOrderOfReading() throws {
        #expect(try Corpus.read("right-to-left.pdf").text == """
            מריה כהן
            מהנדסת תוכנה בחברת Acme משנת 2019 עד 2023
            محمد العلي مهندس برمجيات 2019
            Name: محمد العلي, Berlin
            """)
    }

    @Test func linesTellWhereTheyStand() throws {
        let document = try Corpus.read("sidebar.pdf")
        let line = try #require(document.lines.first)
        #expect(line == Line(
            characters: 0..<13, page: 1, box: Box(x: 210, y: line.box?.y ?? 0, width: line.box?.width ?? 0, height: 20),
            fontSize: 20, isBold: false))
        // The baseline is 790 points above the lower edge of a page of 841.89.
        #expect((30...52).contains(line.box?.y ?? 0))
        let units = Array(document.text.utf16)
        let texts = document.lines.map { String(decoding: units[$0.characters], as: UTF16.self) }
        #expect(texts == document.text.split(separator: "\n").map(String.init))
        #expect(document.lines.contains { $0.fontSize == 9 })
    }

    @Test(arguments: ["word.docx", "word.doc"]) func wordDocumentsAreRead(name: String) throws {
        let document = try Corpus.read(name)
        #expect(document.method == .textLayer)
        #expect(document.text.contains(Corpus.resume))
        let table = "Swift\tten years\nPostgreSQL\tfive years"
        for part in ["An item of a list", table, "maria@example.org", "Berlin", "dark cell"] {
            #expect(document.text.contains(part))
        }
    }

    @Test func aDOCXHasListsAndSizesAndItsHeaderFirst() throws {
        let document = try Corpus.read("word.docx")
        #expect(document.text.hasPrefix("maria@example.org\n\nMaria Example\n"))
        #expect(document.text.contains("• An item of a list"))
        #expect(document.lines.first?.fontSize == 11)
    }

    @Test func aScanIsRecognized() throws {
        let document = try Corpus.read("scan.pdf")
        #expect(document.method == .recognized)
        #expect(document.text == Corpus.resume)
        #expect(document.hidden == [])
        #expect((600...620).contains((document.lines.first?.box).map { $0.x + 550 } ?? 0))
    }

    @Test func scannedPagesAmongOthersAreRecognized() throws {
        let document = try Corpus.read("text-and-scans.pdf")
        #expect(document.method == .mixed && document.pages == 4 && document.unread == [])
        #expect(document.text == """
            \(Corpus.resume)

            Certificate of the first course
            passed in Berlin in the summer of 2021

            Certificate of the second course
            passed in Berlin in the summer of 2021

            Driving licence: B
            """)
        #expect(document.lines.map(\.page) == [1, 1, 1, 1, 1, 2, 2, 3, 3, 4])
        #expect(document.hidden == [])
    }

    @Test func moreThanTenScannedPagesAreSaidToBeUnread() throws {
        let document = try Corpus.read("text-and-eleven-scans.pdf")
        #expect(document.method == .mixed && document.unread == [12])
        #expect(document.text == Corpus.resume)
    }

    @Test func lettersThatAreDrawnAsOutlinesAreRecognized() throws {
        let document = try Corpus.read("outlines.pdf")
        #expect(document.method == .recognized)
        #expect(document.text == Corpus.resume)
    }

    @Test func anOwnersPasswordKeepsNobodyFromReading() throws {
        #expect(try Corpus.read("owner-password.pdf").text == "Maria Example, engineer at Acme from 2019 to 2023")
    }
}

extension String {
    /// How often a text occurs in this one.
    fileprivate func components(of text: String) -> Int { ranges(of: text).count }
}
