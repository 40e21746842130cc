public import Analysis
import JSON
import POSIX
import Speech

/// Answers that people labelled by hand, and what to compare labels with. They are in `Tests/Fixtures/Analysis`.
public enum Labelled {
    private static let folder = String(#filePath.dropLast("Labelled/Labelled.swift".count)) + "Fixtures/Analysis"

    private static func json(_ name: String) throws -> JSON { try JSON(parsing: File.read("\(folder)/\(name).json")) }

    /// Answers clause by clause. The rules were made with one half in view, and not changed after they had been measured
    /// on the other.
    public static func answers() throws -> [LabelledAnswer] {
        try json("star").elements.map { answer in
            LabelledAnswer(
                isHeldOut: answer["half"] == "held", topic: answer["topic"]?.text ?? "",
                clauses: (answer["clauses"]?.elements ?? []).map { clause in
                    (clause["text"]?.text ?? "", Set((clause["parts"]?.elements ?? []).compactMap(\.text)))
                })
        }
    }

    /// Texts meant for a machine that rates.
    public static func payloads() throws -> [String] { try json("payloads").elements.compactMap { $0["text"]?.text } }

    /// What honest people say with the same words.
    public static func honest() throws -> [String] { try json("honest").elements.compactMap(\.text) }

    /// A written answer with what it is to be read against.
    public static func answer(_ text: String) -> Answer {
        let transcript = Transcript(written: text)
        let levels = [
            ("Not shown", "Blames others or does nothing."), ("Developing", "Leaves solving it to others."),
            ("Proficient", "Takes a step of their own and says what came of it."),
            ("Strong", "Finds the cause, agrees on steps with those concerned, and says what changed."),
            ("Exceptional", "Prevents the same from happening again and measures the difference."),
        ]
        return Answer(
            question: "Tell us about a time when something at work went wrong and what you did about it.",
            competency: Competency(name: "Solving problems", description: "Finds causes, acts on them, and sees a result."),
            rubric: levels.enumerated().map {
                RubricLevel(level: $0.offset + 1, label: $0.element.0, description: $0.element.1, behavioralAnchors: [$0.element.1])
            },
            transcript: transcript, metrics: SpeechMetrics(of: transcript), isWritten: true)
    }
}

public struct LabelledAnswer {
    public let isHeldOut: Bool
    public let topic: String
    public let clauses: [(text: String, parts: Set<String>)]

    public var text: String { clauses.map(\.text).joined(separator: " ") }
}

/// How often rules found what people labelled.
public struct Hits {
    public private(set) var found = 0
    public private(set) var missed = 0
    public private(set) var wrong = 0

    public init() {}

    public mutating func count(expected: Bool, given: Bool) {
        if expected, given { found += 1 } else if expected { missed += 1 } else if given { wrong += 1 }
    }

    public var precision: Double { found == 0 ? 0 : Double(found) / Double(found + wrong) }
    public var recall: Double { found == 0 ? 0 : Double(found) / Double(found + missed) }
    public var f1: Double { found == 0 ? 0 : 2 * precision * recall / (precision + recall) }
}

extension LabelledAnswer {
    /// What the rules find in each labelled clause, with the rest of the answer around it.
    public func found() -> [Set<String>] {
        let star = OfflineAnalyst.star(of: Transcript(written: text))
        var start = 0
        return clauses.map { clause in
            let range = start..<start + clause.text.utf16.count
            start = range.upperBound + 1
            return star.filter { range.contains($0.clause.charStart) }.reduce(into: []) { $0.formUnion($1.parts) }
        }
    }
}

extension [LabelledAnswer] {
    /// Each part of STAR, clause by clause.
    public func hits() -> [(part: String, hits: Hits)] {
        let given = zip(flatMap(\.clauses), flatMap { $0.found() })
        return ["situation", "task", "action", "result"].map { part in
            var hits = Hits()
            for (clause, found) in given { hits.count(expected: clause.parts.contains(part), given: found.contains(part)) }
            return (part, hits)
        }
    }
}
