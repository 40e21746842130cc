import Candidates
import Testing
import Validation

@Suite struct CandidateSheetTests {
    @Test func columnsComeInAnyOrderAndCase() throws {
        let sheet = try CandidateSheet(" E-Mail ;STAGE;Name;eMail;Phone\nx;screening; Ada Example ;ada@candidates.example;+49 30 1\n")
        let row = try #require(sheet.rows.first)
        #expect(row.line == 2)
        #expect(row.candidate.name.value == "Ada Example")
        #expect(row.candidate.email.value == "ada@candidates.example")
        #expect(row.candidate.phone?.value == "+49 30 1")
        #expect(row.candidate.pipelineStage == .screening)
        #expect(sheet.ignoredColumns == ["E-Mail"])
        #expect(sheet.refused == [])
    }

    @Test func everyWrongValueIsToldWithItsLineAndColumn() throws {
        let sheet = try CandidateSheet(
            """
            Name,EMAIL,stage
            Ada,ada@candidates.example,
            ,nobody,LOST
            Bob,bob@candidates.example
            Eve "E.",eve@candidates.example,APPLIED
            "Two
            lines",two@candidates.example,offer
            """)
        #expect(sheet.rows.map(\.line) == [2, 6])
        #expect(sheet.rows.map(\.candidate.pipelineStage) == [nil, .offer])
        #expect(sheet.rowCount == 5)
        #expect(sheet.refused.map(\.line) == [3, 3, 3, 4, 5])
        #expect(sheet.refused.map(\.column) == ["Name", "EMAIL", "stage", nil, "Name"])
        #expect(
            sheet.refused.prefix(4).map(\.message) == [
                "is required", "must be an e-mail address such as name@example.com",
                "must be one of APPLIED, SCREENING, INTERVIEW, OFFER, HIRED, REJECTED", "has 2 values, and the header has 3",
            ])
    }

    @Test func formulasAreData() throws {
        let sheet = try CandidateSheet("name,email\n\"=HYPERLINK(\"\"x\"\")\",f@candidates.example")
        #expect(sheet.rows.first?.candidate.name.value == "=HYPERLINK(\"x\")")
    }

    @Test(arguments: [
        ("", "must have a line that names the columns"), ("\n,,\n", "must have a line that names the columns"),
        ("name,phone\nx,y", "must have a column “email”; its columns are name, phone"),
        ("email\nx", "must have a column “name”; its columns are email"),
        ("name,email,Name\na,b,c", "must have the column “Name” only once"),
    ])
    func withoutAHeaderNothingCanBeRead(text: String, message: String) {
        let refusal = #expect(throws: Refusal.self) { try CandidateSheet(text) }
        #expect(refusal?.message == message)
    }

    @Test func fiveThousandRowsAreTheMost() throws {
        let rows = (1...5000).map { "Name \($0),n\($0)@candidates.example\n" }.joined()
        #expect(try CandidateSheet("name,email\n" + rows).rows.count == 5000)
        let refusal = #expect(throws: Refusal.self) {
            try CandidateSheet("name,email\n" + rows + "One more,more@candidates.example")
        }
        #expect(refusal?.message == "must have at most 5000 rows, not 5001")
    }
}
