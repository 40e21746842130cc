public import Interviews
import JSON
import Validation

/// What the report tells. It is what the API itself answers to the same caller
/// (`GET /api/async-interviews/{id}` and `…/proctors`), so nothing is on paper that the caller could
/// not see on the page: scores stay as blind as they are there.
public struct ReportFacts {
    let interview: InterviewRecord
    let integrity: ProctorReport
    /// What the engine found, by question.
    let insights: [Identifier: Insights]

    /// - Throws: a `Rejection` where an engine's insights are not as any engine stores them.
    public init(_ record: InterviewRecord, _ report: ProctorReport) throws {
        interview = record
        integrity = report
        insights = try record.videoResponses.reduce(into: [:]) { found, answer in
            guard let insights = answer.aiInsights else { return }
            found[answer.questionId] = try InputDecoder.decode(
                Insights.self, from: insights.value, leniency: .unknownMembers)
        }
    }

    /// `Insights` of module Analysis, as they were stored: by any engine, and by earlier versions of ours.
    struct Insights: Decodable {
        let suggestedScore: Int?
        let confidence: Double?
        let basis: String?
        let starFormat: Star?
        let keyPhrases: [String]?
        let competencySignals: [Signal]?
        let redFlags: [String]?
        let summary: String?
        let evidence: [Quote]?
        let metrics: Metrics?
        let engine: Engine?
        let transcriptQuality: String?
        let rating: Rating?
        let flags: [Flag]?
        let wordingTone: Tone?
    }

    struct Rating: Decodable {
        let samples: [Sample]
        let lowest: Int?
        let highest: Int?
        let lowAgreement: Bool
    }

    struct Sample: Decodable {
        let score: Int?
    }

    struct Flag: Decodable {
        let detail: String
        let passage: String
    }

    struct Tone: Decodable {
        let label: String
    }

    struct Star: Decodable {
        let situation: Bool
        let task: Bool
        let action: Bool
        let result: Bool
    }

    struct Signal: Decodable {
        let competency: String
        let signal: String
        let strength: String
    }

    struct Quote: Decodable {
        let quote: String
        let start: Double?
        let supports: String
    }

    struct Metrics: Decodable {
        let wordCount: Int?
        let wordsPerMinute: Double?
        let fillers: Fillers?
        let pauses: Pauses?
    }

    struct Fillers: Decodable {
        let count: Int
    }

    struct Pauses: Decodable {
        let longCount: Int
    }

    struct Engine: Decodable {
        let name: String
        let version: String
        let model: String?
    }
}
