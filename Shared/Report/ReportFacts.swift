public import Interviews
import JSON
import Validation

/// What the report tells. It is read from what the API itself answers to the same caller
/// (`GET /api/async-interviews/{id}` and `…/proctors`), so nothing is on paper that the caller could
/// not see on the page: scores stay as blind as they are there.
public struct ReportFacts {
    let interview: Interview
    let integrity: Integrity

    /// - Throws: what the encoder throws, or a `Rejection` where the answers lack what is told here.
    public init(_ record: InterviewRecord, _ report: ProctorReport) throws {
        interview = try InputDecoder.decode(
            Interview.self, from: JSON(encoding: record), leniency: .unknownMembers)
        integrity = try InputDecoder.decode(
            Integrity.self, from: JSON(encoding: report), leniency: .unknownMembers)
    }

    struct Interview: Decodable {
        let id: Identifier
        let status: InterviewStatus
        let deadlineAt: Timestamp
        let invitationEmail: String
        let invitationSentAt: Timestamp?
        let startedAt: Timestamp?
        let submittedAt: Timestamp?
        let reviewedAt: Timestamp?
        let reviewedBy: Named?
        let recommendation: Recommendation?
        let reason: String?
        let recruiterNotes: String?
        let candidate: Named
        let assessment: Assessment
        let questions: [Question]
        let videoResponses: [Answer]
        let proctorLogs: [Event]
        let consents: [ConsentReceipt]
        let evaluations: [Evaluation]
        let scoreLedger: [ScoreEntry]
        let reviewers: [Reviewer]
        let decision: Combined?
        let decisionLedger: [DecisionEntry]
    }

    struct Named: Decodable {
        let name: String
    }

    struct Assessment: Decodable {
        let title: String
        let jobTitle: String
    }

    struct Question: Decodable {
        let id: Identifier
        let position: Int
        let content: String
        let type: QuestionType
        let weight: Double
        let competency: Named
    }

    struct Answer: Decodable {
        let questionId: Identifier
        let durationSeconds: Int?
        let takeNumber: Int
        let textAnswer: String?
        let transcript: String?
        let transcriptStatus: ProcessingStatus
        let transcriptProblem: Problem?
        let analysisStatus: ProcessingStatus
        let aiInsights: Insights?
        let othersScored: Int
        let isBlind: Bool
    }

    struct Problem: Decodable {
        let message: String
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

    struct Evaluation: Decodable {
        let questionId: Identifier
        let evaluatorId: Identifier
        let evaluatorName: String
        let score: Int
        let notes: String?
    }

    struct ScoreEntry: Decodable {
        let questionId: Identifier
        let evaluatorId: Identifier
        let suggested: Int?
        let reason: String?
    }

    struct Combined: Decodable {
        let overall: Double?
        let coveredWeight: Double
        let perCompetency: [Total]
        let perReviewer: [Total]
    }

    struct Total: Decodable {
        let name: String
        let score: Double?
        let coveredWeight: Double
    }

    struct DecisionEntry: Decodable {
        let recommendation: Recommendation?
        let reason: String?
        let decidedBy: Named
        let createdAt: Timestamp
    }

    struct Event: Decodable {
        let questionId: Identifier?
        let eventType: ProctorEventType
        let severity: Severity
        let occurredAt: Timestamp
    }

    enum Severity: String, Choice {
        case critical, warning, info
    }

    struct Integrity: Decodable {
        let totalEvents: Int
        let severityBreakdown: Severities
        let overallRiskLevel: ProctorSummary.RiskLevel
        let afterDismissals: Remainder
        let events: [Group]
        let monitoring: Monitoring
    }

    struct Severities: Decodable {
        let critical: Int
        let warning: Int
        let info: Int
    }

    struct Remainder: Decodable {
        let overallRiskLevel: ProctorSummary.RiskLevel
    }

    struct Group: Decodable {
        let eventType: ProctorEventType
        let severity: Severity
        let count: Int
        let questionId: Identifier?
        let disposition: Judgement?
    }

    struct Judgement: Decodable {
        let disposition: Disposition
        let reason: String
        let by: Named
    }

    struct Monitoring: Decodable {
        let detectors: [Detector]
        let missingEvents: Int
    }

    struct Detector: Decodable {
        let name: String
        let watchedSeconds: Double
        let unavailable: String?
    }
}
