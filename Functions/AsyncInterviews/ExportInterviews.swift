import CSV
import Endpoint
import Identity
import Interviews
import Postgres
import Validation

/// The interviews of a list, for a spreadsheet.
@main struct ExportInterviews: Endpoint {
    static let route = Route.get("/api/async-interviews/export.csv")
    static let access = Access.recruiter
    static let summary = "Asynchronous interviews as CSV, filtered as the list is"
    static let failures: [Failure.Code] = [.conflict]

    /// More would take longer than one waits for an answer.
    private static let most = 10_000

    struct Input: Decodable {
        /// Words, each of which is somewhere in the candidate's name or e-mail address, or in the
        /// assessment's or the job's title.
        let search: Text<1, 100>?
        let status: AnyOf<InterviewStatus>?
        let candidateId: Identifier?
        let assessmentId: Identifier?
        let recommendation: Recommendation?
        let deadline: DeadlineState?
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
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> Document<CommaSeparated> {
        let interviews: [Interview] = try caller.database.rows(Self.query(input))
        guard interviews.count <= Self.most else {
            throw .conflict("More than \(Self.most) interviews are too many for one file. Choose a status, an assessment or words to search for.")
        }
        var csv = CSVWriter(header: Self.header)
        for each in interviews { csv.add(Self.cells(of: each)) }
        return Document(csv.bytes, filename: "interviews-\(Timestamp.now.description.prefix(10)).csv")
    }

    private static let header = [
        "Id", "Status", "Candidate", "E-mail", "Assessment", "Job title", "Created", "Sent", "Submitted", "Deadline",
        "Questions", "Answers", "Integrity risk", "My score", "Combined score", "Recommendation", "Reason",
    ]

    private static func cells(of each: Interview) -> [String?] {
        [
            each.id.description, each.status.rawValue, each.name, each.email, each.title, each.jobTitle,
            each.createdAt.description, each.invitationSentAt?.description, each.submittedAt?.description,
            each.deadlineAt.description, String(each.questionCount), String(each.answerCount),
            each.riskLevel?.rawValue ?? "not monitored", each.ownScore, each.combinedScore, each.recommendation?.rawValue,
            each.reason,
        ]
    }

    private static func query(_ input: Input) -> Statement {
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
            \(input.search), string_to_array(\(input.status?.words)::text, ','), \(input.candidateId), \(input.assessmentId),
            \(input.recommendation), \(input.deadline), NULL, NULL, \(most + 1)::integer) found
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
