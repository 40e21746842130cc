public import Endpoint
public import Identity
public import Postgres
import Statistics
public import Validation

/// Who reviews how much, what waits for whom, and how severe everybody is.
///
/// Severity and the spread of the scores count the organisation's newest interviews whose review is
/// finished, so that nobody learns from here what others gave for an answer that they have yet to
/// score.
public struct EvaluatorList: Codable {
    public let days: Int
    /// Interviews that severity and the spread of the scores rest on.
    public let finishedInterviews: Int
    /// Everybody of the organisation, by name.
    public let evaluators: [Evaluator]

    public struct Evaluator: Codable {
        public let id: Identifier
        public let name: String
        public let role: User.Role
        public let recent: Recent
        public let open: Open
        /// How often they gave each score from 1 to 5.
        public let scores: [Int]
        public let severity: Severity
    }

    public struct Severity: Codable {
        /// Answers that another reviewer scored too; only these count.
        public let answers: Int
        /// Their scores less the others' mean: below 0 severe, above 0 lenient.
        public let difference: Double?
        public let standardError: Double?
        /// Why there is no difference; null when there is one.
        public let reason: String?
    }

    /// Within the days that were asked for.
    public struct Recent: Codable {
        public let interviews: Int
        public let answers: Int
        public let lastScoredAt: Timestamp?
    }

    /// Submitted interviews that they were asked to review and have not scored to the end.
    public struct Open: Codable {
        public let count: Int
        /// Those that wait longest.
        public let interviews: [OpenInterview]
    }

    public struct OpenInterview: Codable {
        public let id: Identifier
        public let candidate: String
        public let submittedAt: Timestamp?
    }

    private struct Found: Decodable {
        let finishedInterviews: Int
        let scores: [GivenScore]
        let people: [Account]
    }

    private struct Account: Decodable {
        let id: Identifier
        let name: String
        let role: User.Role
        let recent: Recent
        let open: Open
    }
}

extension EvaluatorList {
    private static let mostInterviews = 500
    private static let mostOpenShown = 5

    /// The caller's organisation's.
    /// - Parameter days: how far back scores count as recent.
    public static func read(_ days: Int, _ session: Session) throws(Failure) -> EvaluatorList {
        let found: Found? = try session.row(query(days))
        guard let found else { throw .internal("no row from an aggregate") }
        let raters = found.scores.reviewers
        let severities = Statistics.Severity.ofEach(in: found.scores.ratings)
        let evaluators = found.people.map { person in
            let severity = raters.firstIndex { $0.id == person.id }.map { severities[$0] }
            return Evaluator(
                id: person.id, name: person.name, role: person.role, recent: person.recent, open: person.open,
                scores: found.scores.counts(by: person.id),
                severity: Severity(
                    answers: severity?.subjects ?? 0, difference: severity?.difference,
                    standardError: severity?.standardError, reason: severity?.difference == nil ? "not enough data" : nil))
        }
        return EvaluatorList(days: days, finishedInterviews: found.finishedInterviews, evaluators: evaluators)
    }

    private static func query(_ days: Int) -> Statement {
        """
        WITH finished AS MATERIALIZED (
            SELECT l.id FROM async_interview i JOIN interview l ON l.async_interview_id = i.id
            WHERE i.status = 'REVIEWED' ORDER BY i.created_at DESC LIMIT \(mostInterviews)),
        scored AS (
            SELECT dense_rank() OVER (ORDER BY e.interview_id, e.question_id) - 1 AS answer, e.score, u.id, u.name
            FROM evaluation e JOIN finished f ON f.id = e.interview_id JOIN account u ON u.id = e.evaluator_id),
        recent AS MATERIALIZED (
            SELECT evaluator_id, count(*) AS interviews, sum(answers) AS answers, max(last) AS last
            FROM (
                SELECT evaluator_id, count(*) AS answers, max(updated_at) AS last FROM evaluation
                WHERE updated_at > now() - make_interval(days => \(days)::integer)
                GROUP BY evaluator_id, interview_id) each
            GROUP BY evaluator_id),
        open AS MATERIALIZED (
            SELECT r.account_id, i.id, i.submitted_at, i.candidate_id,
                row_number() OVER (PARTITION BY r.account_id ORDER BY i.submitted_at, i.id) AS place
            FROM reviewer r JOIN async_interview i ON i.id = r.async_interview_id AND i.status = 'SUBMITTED'
            JOIN interview l ON l.async_interview_id = i.id
            WHERE EXISTS (
                SELECT FROM video_response v WHERE v.async_interview_id = i.id AND NOT EXISTS (
                    SELECT FROM evaluation e WHERE e.interview_id = l.id AND e.question_id = v.question_id
                        AND e.evaluator_id = r.account_id)))
        SELECT (SELECT count(*) FROM finished) AS finished_interviews,
            (SELECT coalesce(json_agg(json_build_object('answer', answer, 'score', score,
                'reviewer', json_build_object('id', id, 'name', name)) ORDER BY name, id, answer), '[]') FROM scored) AS scores,
            (SELECT json_agg(json_build_object('id', a.id, 'name', a.name, 'role', a.role,
                'recent', json_build_object('interviews', coalesce(recent.interviews, 0),
                    'answers', coalesce(recent.answers, 0), 'lastScoredAt', recent.last),
                'open', (SELECT json_build_object('count', count(*), 'interviews', coalesce(json_agg(json_build_object(
                        'id', open.id, 'candidate', c.name, 'submittedAt', open.submitted_at) ORDER BY place)
                        FILTER (WHERE place <= \(mostOpenShown)), '[]'))
                    FROM open JOIN candidate c ON c.id = open.candidate_id WHERE open.account_id = a.id))
                ORDER BY lower(a.name), a.id)
            FROM account a LEFT JOIN recent ON recent.evaluator_id = a.id) AS people
        """
    }
}
