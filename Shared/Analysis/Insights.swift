public import Models
public import Speech

/// What an engine observed in one answer: material for a person's judgement, never a decision.
public struct Insights: Codable, Sendable, Equatable {
    /// 1 to 5; null when the engine has no basis for a score.
    public let suggestedScore: Int?
    /// 0 to 1: how far the observations can be relied on, not how good the answer is.
    public let confidence: Double
    public let starFormat: StarFormat
    public let keyPhrases: [String]
    /// The label and the score of `wordingTone` under the names of the requirement.
    public let sentimentLabel: String?
    public let sentimentScore: Double?
    /// Of the wording, never of feelings; in no score. Null unless the organisation asks for it.
    public let wordingTone: WordingTone?
    /// Words per minute.
    public let speakingPacePWM: Double
    public let fillerWordCount: Int
    public let competencySignals: [CompetencySignal]
    /// Things to look at, each with its basis; not faults of the person.
    public let redFlags: [String]
    public let summary: String
    /// Why there is or is not a score.
    public private(set) var basis: String
    public let evidence: [Evidence]
    public let rubricMatches: [RubricMatch]
    public let metrics: SpeechMetrics
    public let engine: Engine
    public let transcriptQuality: Transcript.Quality
    /// How the model rated; null when no model did.
    public let rating: Rating?
    /// What in the answer is meant for a machine that rates it: for a human to look at.
    public let flags: [InjectionFlag]
    /// Why word rules did what a model should have done; null otherwise.
    public private(set) var fallback: Fallback?

    /// - Precondition: `metrics` belong to the answer that the other values were read from.
    public init(
        suggestedScore: Int?, confidence: Double, starFormat: StarFormat, keyPhrases: [String],
        wordingTone: WordingTone? = nil,
        competencySignals: [CompetencySignal], redFlags: [String], summary: String, basis: String,
        evidence: [Evidence], rubricMatches: [RubricMatch], metrics: SpeechMetrics, engine: Engine,
        transcriptQuality: Transcript.Quality, rating: Rating? = nil, flags: [InjectionFlag] = [], fallback: Fallback? = nil
    ) {
        self.suggestedScore = suggestedScore
        self.confidence = confidence
        self.starFormat = starFormat
        self.keyPhrases = keyPhrases
        sentimentLabel = wordingTone?.label.rawValue
        sentimentScore = wordingTone?.score
        self.wordingTone = wordingTone
        speakingPacePWM = metrics.wordsPerMinute
        fillerWordCount = metrics.fillers.count
        self.competencySignals = competencySignals
        self.redFlags = redFlags
        self.summary = summary
        self.basis = basis
        self.evidence = evidence
        self.rubricMatches = rubricMatches
        self.metrics = metrics
        self.engine = engine
        self.transcriptQuality = transcriptQuality
        self.rating = rating
        self.flags = flags
        self.fallback = fallback
    }

    /// These observations of rules, and why no model rated though the organisation has chosen one.
    ///
    /// - Parameter fallback: nil when no model was asked.
    public func withoutRating(because reason: String, _ fallback: Fallback? = nil) -> Insights {
        var told = self
        let beginning = fallback == nil ? OfflineAnalyst.label : OfflineAnalyst.substituteLabel
        told.basis = "\(beginning) \(reason)"
        told.fallback = fallback
        return told
    }
}

/// Which parts of Situation, Task, Action and Result an answer has.
public struct StarFormat: Codable, Sendable, Equatable {
    public let situation: Bool
    public let task: Bool
    public let action: Bool
    public let result: Bool

    public init(situation: Bool, task: Bool, action: Bool, result: Bool) {
        self.situation = situation
        self.task = task
        self.action = action
        self.result = result
    }
}

public struct CompetencySignal: Codable, Sendable, Equatable {
    public let competency: String
    public let signal: String
    public let strength: Strength

    public enum Strength: String, Codable, Sendable {
        case strong, moderate, weak
    }

    public init(competency: String, signal: String, strength: Strength) {
        self.competency = competency
        self.signal = signal
        self.strength = strength
    }
}

/// A passage of the transcript, as it stands there, and what it is evidence for.
public struct Evidence: Codable, Sendable, Equatable {
    public let quote: String
    /// Seconds into the recording.
    public let start: Double
    public let end: Double
    /// UTF-16 code units into the transcript's text, as JavaScript counts; the end is exclusive.
    public let charStart: Int
    public let charEnd: Int
    /// A part of STAR or a competency's name.
    public let supports: String

    public init(quote: String, start: Double, end: Double, charStart: Int, charEnd: Int, supports: String) {
        self.quote = quote
        self.start = start
        self.end = end
        self.charStart = charStart
        self.charEnd = charEnd
        self.supports = supports
    }
}

/// Words that an answer shares with one level of the rubric and not with all of them.
public struct RubricMatch: Codable, Sendable, Equatable {
    public let level: Int
    public let label: String
    public let terms: [String]
    /// What was matched with what, for people.
    public let explanation: String

    public init(level: Int, label: String, terms: [String], explanation: String) {
        self.level = level
        self.label = label
        self.terms = terms
        self.explanation = explanation
    }
}
