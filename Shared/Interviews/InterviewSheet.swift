public import Endpoint
public import Postgres
import Validation

/// Which interviews a spreadsheet is asked for: those of a list, all at once.
public struct InterviewSheet: Decodable {
    /// Words, each of which is somewhere in the candidate's name or e-mail address, or in the
    /// assessment's or the job's title.
    let search: Text<1, 100>?
    let status: AnyOf<InterviewStatus>?
    let candidateId: Identifier?
    let assessmentId: Identifier?
    let recommendation: Recommendation?
    let deadline: DeadlineState?

    /// The columns' names, in the order of the cells.
    public static let header = [
        "Id", "Status", "Candidate", "E-mail", "Assessment", "Job title", "Created", "Sent", "Submitted", "Deadline",
        "Questions", "Answers", "Integrity risk", "My score", "Combined score", "Recommendation", "Reason",
    ]

    /// More would take longer than one waits for an answer.
    private static let most = 10_000

    /// The cells of every interview, newest first.
    ///
    /// - Throws: `CONFLICT` when there are too many for one file.
    public func rows(_ session: Session) throws(Failure) -> [[String?]] {
        let interviews: [Interview] = try session.rows(query)
        guard interviews.count <= Self.most else {
            throw .conflict("More than \(Self.most) interviews are too many for one file. Choose a status, an assessment or words to search for.")
        }
        return interviews.map(\.cells)
    }

    private var query: Statement {
        """
        SELECT i.id, status_now(i.status, i.deadline_at) AS status, c.name, c.email, a.title, a.job_title, i.created_at,
            i.invitation_sent_at, i.submitted_at, i.deadline_at,
            (SELECT count(*) FROM question WHERE assessment_id = i.assessment_id) AS question_count,
            answers.count AS answer_count,
            CASE WHEN EXISTS (SELECT FROM proctor_log
                    WHERE async_interview_id = i.id AND event_type <> 'TIME_LIMIT_EXCEEDED')
                OR EXISTS (SELECT FROM detector_watch WHERE async_interview_id = i.id AND watched_seconds > 0)
            THEN proctor_summary(i.id) ->> 'riskLevel' END AS risk_level,
            scores.own::text AS own_score,
            CASE WHEN scores.own_count >= answers.count THEN scores.combined::text END AS combined_score,
            i.recommendation, CASE WHEN i.recommendation IS NOT NULL THEN decision_reason(i.id) END AS reason
        FROM find_interviews(
            \(search), string_to_array(\(status?.words)::text, ','), \(candidateId), \(assessmentId),
            \(recommendation), \(deadline), NULL, NULL, \(Self.most + 1)::integer) found
        JOIN async_interview i USING (id)
        JOIN candidate c ON c.id = i.candidate_id JOIN assessment a ON a.id = i.assessment_id
        CROSS JOIN LATERAL (SELECT count(*) FROM video_response
            WHERE async_interview_id = i.id AND num_nonnulls(video_key, text_answer) > 0) answers
        CROSS JOIN LATERAL (
            SELECT sum(own_count) AS own_count,
                round((sum(own * weight) / sum(weight) FILTER (WHERE own IS NOT NULL))::numeric, 2) AS own,
                round((sum(mean * weight) / sum(weight))::numeric, 2) AS combined
            FROM (
                SELECT q.weight, avg(e.score) AS mean, avg(e.score) FILTER (WHERE e.evaluator_id = caller_account()) AS own,
                    count(*) FILTER (WHERE e.evaluator_id = caller_account()) AS own_count
                FROM interview l JOIN evaluation e ON e.interview_id = l.id JOIN question q ON q.id = e.question_id
                WHERE l.async_interview_id = i.id GROUP BY q.id, q.weight) by_question) scores
        ORDER BY i.created_at DESC, i.id DESC
        """
    }
}

private struct Interview: Decodable {
    let id: Identifier
    let status: InterviewStatus
    let name: String
    let email: String
    let title: String
    let jobTitle: String
    let createdAt: Timestamp
    let invitationSentAt: Timestamp?
    let submittedAt: Timestamp?
    let deadlineAt: Timestamp
    let questionCount: Int
    let answerCount: Int
    /// Null where nobody watched: then a low risk says nothing.
    let riskLevel: ProctorSummary.RiskLevel?
    /// The caller's own scores, combined by the questions' weights, as text.
    let ownScore: String?
    /// Everybody's; null until the caller has scored every answer.
    let combinedScore: String?
    let recommendation: Recommendation?
    let reason: String?

    var cells: [String?] {
        [
            id.description, status.rawValue, name, email, title, jobTitle, createdAt.description,
            invitationSentAt?.description, submittedAt?.description, deadlineAt.description, String(questionCount),
            String(answerCount), riskLevel?.rawValue ?? "not monitored", ownScore, combinedScore, recommendation?.rawValue, reason,
        ]
    }
}
