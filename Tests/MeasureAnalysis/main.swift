import Analysis
import Labelled
import POSIX
import Speech

// Prints how well the word rules do what they claim, on what people labelled, and how long they take.

func percent(_ value: Double) -> String { "\(Int((value * 100).rounded())) %" }
func column(_ text: String, _ width: Int) -> String { text + String(repeating: " ", count: max(1, width - text.count)) }

let answers = try Labelled.answers()
for (name, half) in [("made with these in view", answers.filter { !$0.isHeldOut }), ("held back", answers.filter(\.isHeldOut))] {
    let count = half.reduce(0) { $0 + $1.clauses.count }
    print("STAR, \(half.count) answers of \(count) clauses, \(name)")
    for (part, hits) in half.hits() {
        print(
            "  \(column(part, 11))precision \(column(percent(hits.precision), 7))recall \(column(percent(hits.recall), 7))F1 \(percent(hits.f1))")
    }
}

if CommandLine.arguments.contains("--errors") {
    for answer in answers where !answer.isHeldOut {
        for (clause, found) in zip(answer.clauses, answer.found()) where clause.parts != found {
            print("  \(clause.parts.sorted()) not \(found.sorted()): \(clause.text)")
        }
    }
}

let payloads = try Labelled.payloads()
let flagged = payloads.count { !InjectionScan($0).flags.isEmpty }
let honest = try Labelled.honest() + answers.map(\.text)
let accused = honest.count { !InjectionScan($0).flags.isEmpty }
if CommandLine.arguments.contains("--errors") {
    for payload in payloads where InjectionScan(payload).flags.isEmpty { print("  not flagged: \(payload)") }
}
print("Instructions to the rater: \(flagged) of \(payloads.count) flagged, \(accused) of \(honest.count) honest texts flagged with them")

/// Two minutes of speech at 150 words a minute.
let words = answers.flatMap { $0.text.split(separator: " ") }.prefix(300).enumerated().map { index, word in
    Word(text: String(word), start: Double(index) * 0.4, end: Double(index) * 0.4 + 0.3, confidence: 0.9)
}
let spoken = Transcript(
    text: words.map(\.text).joined(separator: " "), words: words, durationSeconds: 120, language: "en", quality: .good,
    engine: OfflineAnalyst.engine)
let written = Labelled.answer("")
let times = (0..<11).map { _ in
    let start = Process.steadyClock
    let answer = Answer(
        question: written.question, competency: written.competency, rubric: written.rubric, transcript: spoken,
        metrics: SpeechMetrics(of: spoken))
    _ = OfflineAnalyst().analyze(answer)
    return Double(Process.steadyClock - start) / 1_000_000
}.sorted()
print("Analysis of a two-minute answer: \(Int(times[5].rounded(.up))) ms at the median of 11, the first one \(Int(times[10].rounded(.up))) ms; 300 ms were asked for, a ratio of \((times[5] / 300 * 1000).rounded() / 1000)")
