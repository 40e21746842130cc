public import Resumes
public import Validation

/// Questions that were made for one candidate, as they are saved and shown.
public struct TailoredQuestions: Codable, Sendable {
    /// Whose competencies they are for.
    public let assessmentId: Identifier
    public let assessmentTitle: String
    public let questions: [Question]
    /// The competencies to which nothing in the resume fits.
    public let unasked: [Unasked]
    public let engine: ResumeEngine
    public let generatedAt: Timestamp

    public struct Question: Codable, Sendable {
        public let id: Identifier
        public let competencyId: Identifier
        public let competency: String
        public let question: String
        /// Why to ask it.
        public let rationale: String
        public let passage: ResumeQuestion.Passage
        /// The assessments that it was added to.
        public var addedTo: [Identifier]
    }

    public struct Unasked: Codable, Sendable {
        public let competencyId: Identifier
        public let competency: String
        /// In a sentence for people.
        public let reason: String
    }

    /// - Parameters:
    ///   - method: how the resume's text was got.
    ///   - fallback: why no model made them, where one should have.
    public init(
        _ made: ResumeQuestions, for assessment: (id: Identifier, title: String), _ competencies: [ResumeCompetency],
        method: String, fallback: String?
    ) {
        let names = Dictionary(competencies.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
        assessmentId = assessment.id
        assessmentTitle = assessment.title
        questions = made.questions.map {
            Question(
                id: .new(), competencyId: $0.competencyId, competency: names[$0.competencyId] ?? "", question: $0.question,
                rationale: $0.rationale, passage: $0.passage, addedTo: [])
        }
        unasked = made.unasked.map {
            Unasked(competencyId: $0.competencyId, competency: names[$0.competencyId] ?? "", reason: $0.reason)
        }
        engine = ResumeEngine(
            name: made.engine, version: made.version, origin: made.origin.map(ResumeEngine.Origin.init),
            dropped: made.dropped, method: method, fallback: fallback)
        generatedAt = .now
    }
}
