public import Speech

/// Reads an answer and says what can be observed in it.
public protocol Analyst {
    func analyze(_ answer: Answer) throws -> Insights
}

/// One answer with what it is to be read against.
public struct Answer: Codable, Sendable {
    public let question: String
    public let competency: Competency
    /// Any order; may be empty.
    public let rubric: [RubricLevel]
    public let transcript: Transcript
    public let metrics: SpeechMetrics
    /// Whether it was typed rather than spoken: then there are no times to speak of.
    public let isWritten: Bool
    /// Whether the tone of its wording is to be described.
    public let wantsTone: Bool

    public init(
        question: String, competency: Competency, rubric: [RubricLevel], transcript: Transcript,
        metrics: SpeechMetrics, isWritten: Bool = false, wantsTone: Bool = false
    ) {
        self.question = question
        self.competency = competency
        self.rubric = rubric
        self.transcript = transcript
        self.metrics = metrics
        self.isWritten = isWritten
        self.wantsTone = wantsTone
    }
}

public struct Competency: Codable, Sendable, Equatable {
    public let name: String
    public let description: String

    public init(name: String, description: String) {
        self.name = name
        self.description = description
    }
}

/// One level of a behaviourally anchored rating scale.
public struct RubricLevel: Codable, Sendable, Equatable {
    /// 1 to 5, 5 the best.
    public let level: Int
    public let label: String
    public let description: String
    /// What people at this level do.
    public let behavioralAnchors: [String]

    public init(level: Int, label: String, description: String, behavioralAnchors: [String]) {
        self.level = level
        self.label = label
        self.description = description
        self.behavioralAnchors = behavioralAnchors
    }
}
