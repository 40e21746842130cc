import Endpoint
import JSON
import Testing

@Suite struct EditConflictTests {
    @Test func whoeverEditedAnOlderVersionIsToldBoth() throws {
        let failure = Failure.changedMeanwhile("draft", yours: 3, current: 4, ["title": "New"])
        #expect(failure.code == .conflict)
        #expect(failure.detail == "This draft was changed meanwhile: yours was made from version 3, the current one is 4.")
        #expect(
            JSON.object(failure.members).description
                == #"{"yourVersion":3,"currentVersion":4,"current":{"title":"New"}}"#)
    }

    @Test func whatCannotBeWrittenIsAFaultOfOurs() throws {
        let fault = #expect(throws: Failure.self) { try JSON(writing: ["score": Double.nan]) }
        #expect(fault?.code == .internalError)
        #expect(Failure.changedMeanwhile("draft", yours: 3, current: 4, ["score": Double.infinity]).code == .internalError)
        #expect(try JSON(writing: ["score": 2]) == ["score": 2])
    }
}
