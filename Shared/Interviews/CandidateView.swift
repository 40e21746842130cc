public import Postgres
public import Validation

/// An interview as its candidate sees it.
public struct CandidateView: Codable, Sendable {
    let status: InterviewStatus
    let readOnly: Bool
    public let organization: Organization
    public let assessment: Assessment
    public let candidate: Person
    public let contactEmail: String
    public let questionCount: Int
    public let questions: [Question]
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
    public let openedAt: Timestamp?
    let startedAt: Timestamp?
    let submittedAt: Timestamp?
    let responses: [Response]
    /// The page that goes on with the interview, when it was heard of in the last two minutes.
    let activePage: ActivePage?

    struct ActivePage: Codable, Sendable {
        /// As the page calls itself.
        let session: Identifier
        let seenAt: Timestamp
    }

    public struct Organization: Codable, Sendable {
        public let name: String
    }

    public struct Assessment: Codable, Sendable {
        let title: String
        public let jobTitle: String
    }

    public struct Person: Codable, Sendable {
        public let name: String
    }

    public struct Question: Codable, Sendable {
        let id: Identifier
        let position: Int
        let content: String
        public let type: QuestionType
    }

    struct Response: Codable, Sendable {
        let questionId: Identifier
        let status: ResponseStatus
        let takeNumber: Int
        let retakesUsed: Int
        let durationSeconds: Int?
        /// What was written; null for an answer on video.
        let textAnswer: String?
        let submittedAt: Timestamp?
    }

    /// The interview of the candidate who asks.
    public static var own: Statement {
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
        """
    }

    /// What the candidate of a draft would see on opening its link, before it exists: no row when
    /// the assessment is not active or the candidate unknown. ``own`` tells the same of one that does.
    public static func preview(of draft: InterviewDraft) -> Statement {
        let given = draft.accommodations
        return """
        SELECT 'OPENED' AS status, false AS read_only, terms.time_limit_seconds, terms.think_time_seconds,
            terms.untimed_thinking, \(draft.retakes)::text AS retake_policy, terms.retakes_allowed,
            \(given?.deviations)::jsonb AS accommodations, \(draft.deadlineAt)::timestamptz AS deadline_at,
            grace_ends_at(\(draft.deadlineAt)), now() AS server_time,
            \(draft.introMessage)::text AS intro_message, \(draft.outroMessage)::text AS outro_message,
            NULL AS opened_at, NULL AS started_at, NULL AS submitted_at, r.email AS contact_email,
            json_build_object('name', o.name) AS organization,
            json_build_object('title', a.title, 'jobTitle', a.job_title) AS assessment,
            json_build_object('name', c.name) AS candidate,
            q.question_count, (terms.think_time_seconds + terms.time_limit_seconds) * q.question_count AS estimated_seconds,
            q.questions, '[]'::json AS responses, NULL AS active_page
        FROM assessment a CROSS JOIN candidate c JOIN account r ON r.id = caller_account()
        JOIN organization o ON o.id = r.organization_id
        CROSS JOIN terms_of(\(draft.timeLimitSeconds)::integer, \(draft.thinkTime)::integer, \(draft.retakes)::text,
            \(given?.timeMultiplier.value)::numeric, \(given?.untimedThinking), \(given?.extraTakes)::integer) terms
        CROSS JOIN LATERAL (
            SELECT count(*) AS question_count, coalesce(json_agg(json_build_object(
                'id', id, 'position', position, 'content', content, 'type', type) ORDER BY position), '[]') AS questions
            FROM question WHERE assessment_id = a.id) q
        WHERE a.id = \(draft.assessmentId) AND a.status = 'ACTIVE' AND c.id = \(draft.candidateId)
        """
    }
}
