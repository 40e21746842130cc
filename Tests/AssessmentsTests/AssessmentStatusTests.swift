import Endpoint
import JSON
import Testing

@testable import Assessments

@Suite struct AssessmentStatusTests {
    private static let legal: Set<[AssessmentStatus]> = [
        [.draft, .active], [.draft, .archived], [.active, .archived], [.archived, .active],
    ]

    @Test(arguments: AssessmentStatus.allCases, AssessmentStatus.allCases)
    func onlyTheseTransitionsAreLegal(from: AssessmentStatus, to: AssessmentStatus) {
        if Self.legal.contains([from, to]) {
            #expect(throws: Never.self) { try from.check(transitionTo: to) }
        } else {
            let failure = #expect(throws: Failure.self) { try from.check(transitionTo: to) }
            #expect(failure?.code == .conflict)
        }
    }

    @Test func aRefusalSaysWhatIsLegal() {
        let failure = #expect(throws: Failure.self) { try AssessmentStatus.active.check(transitionTo: .active) }
        #expect(failure?.detail.contains("can become ARCHIVED") == true)
        #expect(failure?.members.last == JSON.Member("legalStatuses", ["ARCHIVED"]))
    }
}
