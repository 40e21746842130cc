import Endpoint
import Identity
import Interviews
import Postgres
import Validation

/// Shows a candidate the interview they were invited to.
@main struct OpenInterview: Endpoint {
    static let route = Route.get("/api/candidate/interview/{token}")
    static let access = Access.candidateReading
    static let summary = "The interview behind a link"

    struct Input: Decodable {}

    struct Output: Codable {
        let status: InterviewStatus
        let readOnly: Bool
        let organization: Organization
        let assessment: Assessment
        let candidate: Person
        let contactEmail: String
        let questionCount: Int
        let questions: [Question]
        let timeLimitSeconds: Int
        let thinkTimeSeconds: Int
        let untimedThinking: Bool
        let retakePolicy: RetakePolicy
        let retakesAllowed: Int
        let estimatedSeconds: Int
        /// What this candidate is given beyond the usual terms; the numbers above have it in them.
        let accommodations: Accommodations?
        let deadlineAt: Timestamp
        /// Until when that may be finished which began before the deadline.
        let graceEndsAt: Timestamp
        let serverTime: Timestamp
        let introMessage: String?
        let outroMessage: String?
        /// Null the first time.
        let openedAt: Timestamp?
        let startedAt: Timestamp?
        let submittedAt: Timestamp?
        let responses: [Response]
        /// The page that goes on with the interview, when it was heard of in the last two minutes.
        let activePage: ActivePage?
    }

    struct ActivePage: Codable {
        /// As the page calls itself.
        let session: Identifier
        let seenAt: Timestamp
    }

    struct Organization: Codable {
        let name: String
    }

    struct Assessment: Codable {
        let title: String
        let jobTitle: String
    }

    struct Person: Codable {
        let name: String
    }

    struct Question: Codable {
        let id: Identifier
        let position: Int
        let content: String
        let type: QuestionType
    }

    struct Response: Codable {
        let questionId: Identifier
        let status: ResponseStatus
        let takeNumber: Int
        let retakesUsed: Int
        let durationSeconds: Int?
        /// What was written; null for an answer on video.
        let textAnswer: String?
        let submittedAt: Timestamp?
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Candidate) throws(Failure) -> Output {
        let interview: Output? = try caller.database.row(
            """
            SELECT CASE i.status WHEN 'SENT' THEN 'OPENED' ELSE i.status END AS status,
                i.status IN ('SUBMITTED', 'REVIEWED') AS read_only, terms.time_limit_seconds, terms.think_time_seconds,
                terms.untimed_thinking, i.retake_policy, terms.retakes_allowed, accommodations(i.id), i.deadline_at,
                grace_ends_at(i.deadline_at), now() AS server_time,
                i.intro_message, i.outro_message, i.opened_at, i.started_at, i.submitted_at, r.email AS contact_email,
                json_build_object('name', o.name) AS organization,
                json_build_object('title', a.title, 'jobTitle', a.job_title) AS assessment,
                json_build_object('name', c.name) AS candidate,
                q.question_count, (terms.think_time_seconds + terms.time_limit_seconds) * q.question_count AS estimated_seconds,
                q.questions,
                (SELECT coalesce(json_agg(json_build_object(
                    'questionId', question_id, 'status', status, 'takeNumber', take_number,
                    'retakesUsed', retakes_used, 'durationSeconds', duration_seconds, 'textAnswer', text_answer,
                    'submittedAt', submitted_at)), '[]')
                 FROM video_response WHERE async_interview_id = i.id) AS responses,
                (SELECT json_build_object('session', page_session, 'seenAt', seen_at) FROM active_page
                 WHERE async_interview_id = i.id AND seen_at > now() - interval '2 minutes') AS active_page
            FROM async_interview i CROSS JOIN interview_terms(i.id) terms JOIN organization o ON o.id = i.organization_id
            JOIN assessment a ON a.id = i.assessment_id JOIN candidate c ON c.id = i.candidate_id
            JOIN account r ON r.id = i.created_by_id
            CROSS JOIN LATERAL (
                SELECT count(*) AS question_count, coalesce(json_agg(json_build_object(
                    'id', id, 'position', position, 'content', content, 'type', type) ORDER BY position), '[]') AS questions
                FROM question WHERE assessment_id = i.assessment_id) q
            WHERE i.id = caller_interview()
            """)
        guard let interview else { throw .notFound("interview") }
        if interview.openedAt == nil { try noteOpening(caller) }
        return interview
    }

    private func noteOpening(_ caller: Candidate) throws(Failure) {
        try caller.database.execute(
            """
            WITH opened AS (
                UPDATE async_interview SET status = 'OPENED', opened_at = now(), last_active_at = now(), updated_at = now()
                WHERE id = caller_interview() AND status = 'SENT' RETURNING id)
            SELECT emit('interview.opened', jsonb_build_object('interviewId', id)) FROM opened
            """)
    }
}
