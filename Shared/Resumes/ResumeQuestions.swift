public import Models
public import Validation

/// Writes questions that ask about what stands in one resume.
public protocol ResumeQuestionWriter {
    /// - Parameters:
    ///   - competencies: what the interview is to show; each gets one question or a reason why not.
    ///   - jobTitle: the position that is to be filled.
    ///   - reading: what was read in `text`.
    ///   - text: the resume's text, as ``DocumentText`` has it.
    func questions(
        for competencies: [ResumeCompetency], jobTitle: String, from reading: ResumeReading, in text: String
    ) throws(ModelFailure) -> ResumeQuestions
}

/// What an interview is to show.
public struct ResumeCompetency: Codable, Sendable, Equatable {
    public let id: Identifier
    public let name: String
    public let description: String

    public init(id: Identifier, name: String, description: String) {
        self.id = id
        self.name = name
        self.description = description
    }
}

/// Questions to one candidate, at most one for each competency.
public struct ResumeQuestions: Codable, Sendable {
    public var questions: [ResumeQuestion]
    /// The competencies to which nothing in the resume fits.
    public var unasked: [Unasked]
    /// `rules`, or the model's name.
    public var engine: String
    public var version: String
    /// How many questions of a model were left out because they refer to nothing in the resume, or
    /// ask about what must not count.
    public var dropped: Int
    /// Which model was asked what; null for the rules.
    public var origin: Origin?

    public struct Unasked: Codable, Sendable, Equatable {
        public let competencyId: Identifier
        /// Why there is no question, in a sentence for people.
        public let reason: String
    }
}

/// A question about a passage of a resume.
public struct ResumeQuestion: Codable, Sendable, Equatable {
    public let competencyId: Identifier
    public let question: String
    /// Why to ask it, for the recruiter.
    public let rationale: String
    public let passage: Passage

    /// What the question refers to, as it stands in the text.
    public struct Passage: Codable, Sendable, Equatable {
        public let text: String
        public let range: TextRange
    }
}
