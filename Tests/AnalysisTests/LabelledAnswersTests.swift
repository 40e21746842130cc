import Labelled
import Speech
import Testing

@testable import Analysis

@Suite struct LabelledAnswersTests {
    /// `make bench-analysis` prints them all. What is asked for here is less than what was measured on the half that
    /// the rules were not made with.
    @Test func theRulesFindThePartsOfAnswersThatTheyWereNotMadeWith() throws {
        let held = try Labelled.answers().filter(\.isHeldOut)
        #expect(held.flatMap(\.clauses).count >= 50)
        for (part, hits) in held.hits() { #expect(hits.f1 >= 0.7, "\(part): \(hits)") }
    }

    @Test func eachHalfIsAsItWasWhenTheRulesWereMade() throws {
        let answers = try Labelled.answers()
        #expect(answers.count { $0.isHeldOut } == 8 && answers.count { !$0.isHeldOut } == 8)
        #expect(answers.flatMap(\.clauses).allSatisfy { $0.parts.isSubset(of: ["situation", "task", "action", "result"]) })
    }
}

@Suite struct WordingToneTests {
    private func tone(_ text: String) -> WordingTone { WordingTone(of: Clause.split(Transcript(written: text))) }

    @Test func countsWordsAndShowsThem() {
        let tone = tone("We solved the problem. The customer was happy and grateful, and it was a great success.")
        #expect(tone.label == .positive)
        #expect(tone.positive == ["solved", "happy", "grateful", "great", "success"])
        #expect(tone.negative == ["problem"])
        #expect(tone.score == 0.67)
    }

    @Test func aDeniedWordCountsOnTheOtherSide() {
        let tone = tone("It was not good, nobody was happy, and the delay was terrible.")
        #expect(tone.negative.contains("not good"))
        #expect(tone.label == .negative)
    }

    @Test func fewWordsAreNeutral() {
        #expect(tone("It was a good plan.").label == .neutral)
        #expect(tone("").score == 0)
    }

    @Test func itIsOffUnlessAskedFor() {
        let answer = Labelled.answer("We solved the problem, and everybody was happy about a great success.")
        #expect(OfflineAnalyst().analyze(answer).wordingTone == nil)
    }
}
