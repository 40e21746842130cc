import Statistics
public import Validation

/// The scores of an interview combined by fixed weights: an answer's score is the mean of all
/// reviewers' scores, and answers count what their questions weigh.
public struct CombinedDecision: Codable {
    /// On the scale of the scores, 1 to 5; null while there is no score.
    public let overall: Double?
    /// The share of the questions' weight that has a score, 0 to 1.
    public let coveredWeight: Double
    public let perCompetency: [Part]
    /// Each reviewer's own scores, combined with the same weights.
    public let perReviewer: [Part]

    /// The scores of one competency, or of one reviewer.
    public struct Part: Codable {
        public let id: Identifier
        public let name: String
        public let score: Double?
        public let coveredWeight: Double
    }

    init(of evaluations: [InterviewRecord.Evaluation], questions: [AskedQuestion]) {
        let scores = Dictionary(grouping: evaluations, by: \.questionId).mapValues { those in
            Double(those.reduce(0) { $0 + $1.score }) / Double(those.count)
        }
        let all = Self.combined(questions) { scores[$0.id] }
        overall = all?.score
        coveredWeight = all?.coveredWeight ?? 0
        perCompetency = Dictionary(grouping: questions, by: \.competency.id).values.compactMap { those in
            guard let competency = those.first?.competency else { return nil }
            let combined = Self.combined(those) { scores[$0.id] }
            return Part(
                id: competency.id, name: competency.name, score: combined?.score,
                coveredWeight: combined?.coveredWeight ?? 0)
        }.sorted { ($0.name, $0.id.description) < ($1.name, $1.id.description) }
        perReviewer = Dictionary(grouping: evaluations, by: \.evaluatorId).values.compactMap { those in
            guard let reviewer = those.first else { return nil }
            let combined = Self.combined(questions) { question in
                those.first { $0.questionId == question.id }.map { Double($0.score) }
            }
            return Part(
                id: reviewer.evaluatorId, name: reviewer.evaluatorName, score: combined?.score,
                coveredWeight: combined?.coveredWeight ?? 0)
        }.sorted { ($0.name, $0.id.description) < ($1.name, $1.id.description) }
    }

    private static func combined(
        _ questions: [AskedQuestion], score: (AskedQuestion) -> Double?
    ) -> CombinedScore? {
        CombinedScore(questions.map { .init(score: score($0), weight: $0.weight) })
    }
}
