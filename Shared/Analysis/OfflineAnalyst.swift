public import Speech

/// Observes an answer with word rules alone. It reports what is there and where; it never scores,
/// and instructions in an answer are words like any others.
public struct OfflineAnalyst: Analyst {
    public init() {}

    public static let engine = Engine(
        name: "Parley word rules", version: "2", method: .rule,
        limits: [
            "Matches English words and stock phrases; it does not understand what an answer means.",
            "A denied statement matches like an affirmed one, and a paraphrase matches nothing.",
            "Inherits every error of the transcript.",
        ])

    /// The same rules on a text that somebody typed.
    static let engineOnText = Engine(
        name: engine.name, version: engine.version, method: .rule,
        limits: engine.limits.dropLast() + ["A written answer has no pace and no pauses; their zeros mean nothing."])

    /// What stands on every result that no model had a part in.
    static let label = "Produced by word rules on this server. No AI model read this answer."
    /// A model was sent the answer, or may have been, and gave nothing that can be used.
    static let substituteLabel = "Produced by word rules on this server, in place of an AI model that gave no usable rating."
    static let basis = "\(label) Words in common with a rubric are no measure of quality, so there is no suggested score."

    public func analyze(_ answer: Answer) -> Insights {
        let clauses = Clause.split(answer.transcript)
        let star = starEvidence(clauses, in: answer.transcript.text)
        let overlaps = competencyOverlaps(clauses, answer)
        let signals = overlaps.map { overlap in
            CompetencySignal(
                competency: answer.competency.name,
                signal: "Shares \(list(overlap.terms)) with the competency's description and anchors.",
                strength: overlap.terms.count >= 4 ? .strong : overlap.terms.count >= 2 ? .moderate : .weak)
        }
        let evidence = star + overlaps.map {
            $0.clause.evidence(for: answer.competency.name, in: answer.transcript.text)
        }
        let found = Set(star.map(\.supports))
        let matches = rubricMatches(clauses, answer.rubric)
        return Insights(
            suggestedScore: nil,
            confidence: confidence(answer.transcript, evidenceCount: evidence.count),
            starFormat: StarFormat(
                situation: found.contains("situation"), task: found.contains("task"),
                action: found.contains("action"), result: found.contains("result")),
            keyPhrases: KeyPhrases.extract(from: clauses), wordingTone: answer.wantsTone ? WordingTone(of: clauses) : nil,
            competencySignals: signals, redFlags: Observations.flags(answer),
            summary: Observations.summary(answer, star: found, signals: signals.count),
            basis: OfflineAnalyst.basis, evidence: evidence, rubricMatches: matches, metrics: answer.metrics,
            engine: answer.isWritten ? OfflineAnalyst.engineOnText : OfflineAnalyst.engine, transcriptQuality: answer.transcript.quality,
            flags: InjectionScan(answer.transcript.text).flags)
    }

    /// Each clause of an answer that has a part of STAR, with its parts.
    public static func star(of transcript: Transcript) -> [(clause: Evidence, parts: Set<String>)] {
        let clauses = Clause.split(transcript)
        return zip(clauses, StarCues.parts(of: clauses, in: Array(transcript.text.utf16))).filter { !$0.1.isEmpty }.map { clause, parts in
            (clause.evidence(for: "", in: transcript.text), Set(parts.map(\.rawValue)))
        }
    }

    /// The first two clauses for each part of STAR.
    private func starEvidence(_ clauses: [Clause], in text: String) -> [Evidence] {
        let parts = Array(zip(clauses, StarCues.parts(of: clauses, in: Array(text.utf16))))
        return StarCues.Part.allCases.flatMap { part in
            parts.filter { $0.1.contains(part) }.prefix(2).map { $0.0.evidence(for: part.rawValue, in: text) }
        }
    }

    /// The three clauses that share most content words with the competency and the anchors of its
    /// upper levels (4 and 5: what the competency looks like when it is there), in spoken order.
    private func competencyOverlaps(
        _ clauses: [Clause], _ answer: Answer
    ) -> [(clause: Clause, terms: [String])] {
        let upper = answer.rubric.filter { $0.level >= 4 }.map(text)
        let vocabulary = Terms.stems(
            of: ([answer.competency.name, answer.competency.description] + upper).joined(separator: " "))
        let overlaps = clauses.enumerated().map { order, clause in
            (order: order, clause: clause, terms: shared(clause.words, vocabulary))
        }
        return overlaps.filter { !$0.terms.isEmpty }
            .sorted { ($0.terms.count, $1.order) > ($1.terms.count, $0.order) }
            .prefix(3)
            .sorted { $0.order < $1.order }
            .map { ($0.clause, $0.terms) }
    }

    /// Levels with at least two words in common with the answer; words that stand in every level
    /// tell none from the others.
    private func rubricMatches(_ clauses: [Clause], _ rubric: [RubricLevel]) -> [RubricMatch] {
        let words = clauses.flatMap(\.words)
        let vocabularies = rubric.map { Terms.stems(of: text($0)) }
        let common = rubric.count < 2 ? [] : vocabularies.dropFirst().reduce(vocabularies[0]) { $0.intersection($1) }
        return zip(rubric, vocabularies)
            .map { level, vocabulary in (level, shared(words, vocabulary.subtracting(common))) }
            .filter { $0.1.count >= 2 }
            .map { level, terms in
                RubricMatch(
                    level: level.level, label: level.label, terms: terms,
                    explanation: "The answer has \(terms.count) words of this level's anchors that not all levels have: \(list(terms)).")
            }
            .sorted { $0.level < $1.level }
    }

    private func text(_ level: RubricLevel) -> String {
        ([level.description] + level.behavioralAnchors).joined(separator: " ")
    }

    /// The words, each once and as spoken, whose stems are in a vocabulary.
    private func shared(_ words: [String], _ vocabulary: Set<String>) -> [String] {
        var seen: Set<String> = []
        return words.filter { word in
            Terms.isContent(word) && vocabulary.contains(Terms.stem(word)) && seen.insert(Terms.stem(word)).inserted
        }
    }

    /// Mean word confidence, halved for a draft transcript, times the share of six pieces of
    /// evidence that were found: many sure words and much evidence give 0.5 at most offline.
    private func confidence(_ transcript: Transcript, evidenceCount: Int) -> Double {
        guard !transcript.words.isEmpty else { return 0 }
        let mean = transcript.words.reduce(0) { $0 + $1.confidence } / Double(transcript.words.count)
        let quality = transcript.quality == .draft ? 0.5 : 1
        return (mean * quality * min(1, Double(evidenceCount) / 6) * 100).rounded() / 100
    }

    private func list(_ words: [String]) -> String {
        words.map { "“\($0)”" }.joined(separator: ", ")
    }
}
