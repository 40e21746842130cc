import Statistics
import Validation

/// The scores of an interview combined by fixed weights: an answer's score is the mean of all
/// reviewers' scores, and answers count what their questions weigh.
public struct CombinedDecision: Codable {
    /// On the scale of the scores, 1 to 5; null while there is no score.
    let overall: Double?
    /// The share of the questions' weight that has a score, 0 to 1.
    let coveredWeight: Double
    let perCompetency: [Competency]
    /// Each reviewer's own scores, combined with the same weights.
    let perReviewer: [Reviewer]

    struct Competency: Codable {
        let id: Identifier
        let name: String
        let score: Double?
        let coveredWeight: Double
    }

    struct Reviewer: Codable {
        let id: Identifier
        let name: String
        let score: Double?
        let coveredWeight: Double
    }

    init(of evaluations: [InterviewRecord.Evaluation], questions: [InterviewRecord.Question]) {
        let scores = Dictionary(grouping: evaluations, by: \.questionId).mapValues { those in
            Double(those.reduce(0) { $0 + $1.score }) / Double(those.count)
        }
        let all = Self.combined(questions) { scores[$0.id] }
        overall = all?.score
        coveredWeight = all?.coveredWeight ?? 0
        perCompetency = Dictionary(grouping: questions, by: \.competency.id).values.compactMap { those in
            guard let competency = those.first?.competency else { return nil }
            let combined = Self.combined(those) { scores[$0.id] }
            return Competency(
                id: competency.id, name: competency.name, score: combined?.score,
                coveredWeight: combined?.coveredWeight ?? 0)
        }.sorted { ($0.name, $0.id.description) < ($1.name, $1.id.description) }
        perReviewer = Dictionary(grouping: evaluations, by: \.evaluatorId).values.compactMap { those in
            guard let reviewer = those.first else { return nil }
            let combined = Self.combined(questions) { question in
                those.first { $0.questionId == question.id }.map { Double($0.score) }
            }
            return Reviewer(
                id: reviewer.evaluatorId, name: reviewer.evaluatorName, score: combined?.score,
                coveredWeight: combined?.coveredWeight ?? 0)
        }.sorted { ($0.name, $0.id.description) < ($1.name, $1.id.description) }
    }

    private static func combined(
        _ questions: [InterviewRecord.Question], score: (InterviewRecord.Question) -> Double?
    ) -> CombinedScore? {
        CombinedScore(questions.map { .init(score: score($0), weight: $0.weight) })
    }
}
