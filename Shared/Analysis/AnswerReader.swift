import JSON
import Models
import Speech

/// Reads a model's answers about one candidate's answer, and keeps what that answer bears out.
struct AnswerReader {
    private let answer: Answer
    private let search: QuoteSearch
    private let tokens: [Token]
    private let kept: [Range<Int>]

    /// - Parameter flags: what the model was not shown. It cannot have quoted that.
    init(_ answer: Answer, flags: [InjectionFlag]) {
        self.answer = answer
        search = QuoteSearch(answer.transcript.text)
        tokens = Clause.locate(answer.transcript)
        kept = flags.map { $0.charStart..<$0.charEnd }
    }

    func read(_ given: ModelAnswer) -> ReadSample {
        let value = given.value
        let quotes = (value["evidence"]?.elements ?? []).prefix(20).map { ($0["quote"]?.text ?? "", $0["supports"]?.text ?? "") }
        let located = quotes.compactMap { locate($0.0, supports: $0.1) }
        let named = value["score"]?.text.flatMap(Int.init).flatMap { score in answer.rubric.contains { $0.level == score } ? score : nil }
        let problem = named != nil && located.isEmpty ? "It gave \(named ?? 0), but none of its quotations are in the answer." : nil
        return ReadSample(
            sample: Rating.Sample(
                score: located.isEmpty ? nil : named, rationale: Remarks.fit(value["rationale"]?.text ?? "", most: 2000), quotes: located.count,
                dropped: quotes.count - located.count, ownConfidence: value["confidence"]?.text, problem: problem, origin: given.origin),
            evidence: distinct(located),
            star: StarCues.Part.allCases.filter { (value["star"]?[$0.rawValue]?.text ?? "absent") != "absent" },
            signals: (value["competencySignals"]?.elements ?? []).prefix(6).compactMap(signal),
            keyPhrases: texts(value["keyPhrases"], most: 8).filter { search.find($0) != nil },
            redFlags: texts(value["redFlags"], most: 6).map { Remarks.fit($0, most: 300) }.filter { !$0.isEmpty },
            summary: Remarks.fit(value["summary"]?.text ?? "", most: 1000))
    }

    private func locate(_ quote: String, supports: String) -> Evidence? {
        guard provesSomething(quote), let match = search.find(quote), !kept.contains(where: { $0.overlaps(match.characters) }) else { return nil }
        let said = tokens.filter { $0.characters.overlaps(match.characters) }
        return Evidence(
            quote: String(decoding: Array(answer.transcript.text.utf16)[match.characters], as: UTF16.self),
            start: said.first?.start ?? 0, end: said.last?.end ?? 0,
            charStart: match.characters.lowerBound, charEnd: match.characters.upperBound,
            supports: supports == "competency" ? answer.competency.name : supports)
    }

    /// One or two words stand nearly everywhere. Scripts without spaces are counted in letters.
    private func provesSomething(_ quote: String) -> Bool {
        let folded = FoldedText(quote)
        return folded.words.count >= 3 || folded.scalars.count { $0 >= 0x2E80 } >= 6
    }

    private func distinct(_ evidence: [Evidence]) -> [Evidence] {
        var seen: Set<Range<Int>> = []
        return evidence.filter { seen.insert($0.charStart..<$0.charEnd).inserted }.sorted { $0.charStart < $1.charStart }
    }

    private func signal(_ value: JSON) -> CompetencySignal? {
        let text = Remarks.fit(value["signal"]?.text ?? "", most: 300)
        guard !text.isEmpty, let strength = value["strength"]?.text.flatMap(CompetencySignal.Strength.init) else { return nil }
        return CompetencySignal(competency: answer.competency.name, signal: text, strength: strength)
    }

    private func texts(_ value: JSON?, most: Int) -> [String] {
        (value?.elements ?? []).compactMap(\.text).filter { !$0.isEmpty }.prefix(most).map { String($0.prefix(300)) }
    }
}

/// One sample with what it says about the answer.
struct ReadSample {
    let sample: Rating.Sample
    let evidence: [Evidence]
    let star: [StarCues.Part]
    let signals: [CompetencySignal]
    let keyPhrases: [String]
    let redFlags: [String]
    let summary: String

    /// The parts that most samples found.
    static func star(of samples: [ReadSample]) -> StarFormat {
        func has(_ part: StarCues.Part) -> Bool { 2 * samples.count { $0.star.contains(part) } > samples.count }
        return StarFormat(situation: has(.situation), task: has(.task), action: has(.action), result: has(.result))
    }
}

/// What a model may say of a candidate. It reads words only, so what it says of feelings, voice or person is invented;
/// in recruitment it is also forbidden where it comes from a face or a voice (AI Act, article 5(1)(f)).
enum Remarks {
    /// The sentences that keep to the answer's content.
    static func fit(_ text: String, most: Int) -> String {
        let sentences = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        let fitting = sentences.filter { sentence in
            let words = Set(Terms.content(of: sentence).map(\.stem))
            return words.isDisjoint(with: person) || words.isDisjoint(with: unfit)
        }
        return String((fitting.count == sentences.count ? text : fitting.joined(separator: ".")).prefix(most)).trimmingSpaces
    }

    private static func stems(_ list: String) -> Set<String> { Set(list.split { $0 == " " || $0 == "\n" }.map { Terms.stem(String($0)) }) }

    private static let person = stems("candidate applicant speaker interviewee person sounds voice seems appears speaks tone delivery")
    private static let unfit = stems("""
        accent nervous nervousness anxious anxiety enthusiastic enthusiasm excited passionate emotional emotion confident
        honest dishonest lying truthful sincere insincere personality introvert extrovert young old older age ethnic
        nationality native foreign gender woman man female male attractive disabled disability pregnant religious voice
        """)
}

extension String {
    fileprivate var trimmingSpaces: String {
        String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
    }
}
