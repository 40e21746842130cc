public import Endpoint
import Interviews
public import Postgres
public import Validation

/// What is told of a live interview beside itself: its questions, its scores as far as the caller may see them, and its mails.
public struct LiveDetails: Codable {
    let questions: [Question]
    /// The caller's own, and everybody's once nothing is blind.
    let evaluations: [Evaluation]
    /// Whether others' scores are kept from the caller: from an interviewer until their own are
    /// complete, from everybody else until all interviewers' are.
    let isBlind: Bool
    /// Each score's mean, by question, and all of them by the questions' weights; null while blind
    /// or before anything is scored.
    let combined: Combined?
    /// Newest first.
    let mails: [Mail]

    struct Question: Codable {
        let id: Identifier
        let position: Int
        let content: String
        let weight: Double
        let competency: AskedQuestion.Competency
        let rubricLevels: [AskedQuestion.RubricLevel]
    }

    struct Evaluation: Codable {
        let evaluatorId: Identifier
        let evaluatorName: String
        let questionId: Identifier
        let score: Int
        let notes: String?
        let updatedAt: Timestamp
    }

    struct Combined: Codable {
        let score: Double
        let questions: [Mean]

        struct Mean: Codable {
            let questionId: Identifier
            let score: Double
            let scores: Int
        }
    }

    struct Mail: Codable {
        let id: Identifier
        let kind: LiveMailKind
        let to: String
        let subject: String
        let state: MailState
        let reason: String?
        let attempts: Int
        let createdAt: Timestamp
        let sentAt: Timestamp?
    }
}

extension LiveDetails {
    /// A row of both.
    private struct Row: Decodable {
        let interview: LiveInterview
        let details: LiveDetails

        init(from decoder: any Decoder) throws {
            interview = try LiveInterview(from: decoder)
            details = try LiveDetails(from: decoder)
        }
    }

    /// Nil when there is no interview of that id.
    public static func read(
        _ id: Identifier, _ session: Session
    ) throws(Failure) -> (interview: LiveInterview, details: LiveDetails)? {
        let row: Row? = try session.row(
            """
            WITH seen AS (
                SELECT e.evaluator_id, u.name, e.question_id, e.score, e.notes, e.updated_at
                FROM evaluation e JOIN account u ON u.id = e.evaluator_id
                WHERE e.interview_id = \(id)
                    AND (e.evaluator_id = caller_account() OR sees_live_scores(\(id)))),
            means AS (SELECT question_id, weight, avg(score) AS score, count(*) AS scores
                FROM seen JOIN question q ON q.id = question_id GROUP BY question_id, weight)
            SELECT l.*, live_questions(l.assessment_id) AS questions,
                (SELECT coalesce(json_agg(json_build_object(
                    'evaluatorId', evaluator_id, 'evaluatorName', name, 'questionId', question_id, 'score', score,
                    'notes', notes, 'updatedAt', updated_at) ORDER BY name, evaluator_id), '[]') FROM seen) AS evaluations,
                NOT sees_live_scores(l.id) AS is_blind,
                (SELECT json_build_object('score', sum(score * weight) / sum(weight), 'questions', json_agg(json_build_object(
                        'questionId', question_id, 'score', score, 'scores', scores)))
                    FROM means WHERE sees_live_scores(l.id) HAVING count(*) > 0) AS combined,
                (SELECT coalesce(json_agg(json_build_object(
                    'id', m.id, 'kind', m.kind, 'to', m.recipient, 'subject', m.subject, 'state', m.state, 'reason', m.reason,
                    'attempts', m.attempts, 'createdAt', m.created_at, 'sentAt', m.sent_at) ORDER BY m.created_at DESC, m.id DESC), '[]')
                    FROM mail m WHERE m.interview_id = l.id) AS mails
            FROM live_interview l WHERE l.id = \(id)
            """)
        return row.map { ($0.interview, $0.details) }
    }
}
