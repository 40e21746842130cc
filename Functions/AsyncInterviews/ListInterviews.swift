import Endpoint
import Identity
import Interviews
import Postgres
import Validation

/// Lists and searches the organisation's interviews, newest first.
@main struct ListInterviews: Endpoint {
    static let route = Route.get("/api/async-interviews")
    static let access = Access.recruiter
    static let summary = "List and search asynchronous interviews, newest first"

    /// How many are counted; more would take the longer the more there are.
    static let mostCounted = 1_000

    struct Input: Decodable {
        /// Words, each of which is somewhere in the candidate's name or e-mail address, or in the
        /// assessment's or the job's title.
        let search: Text<1, 100>?
        let status: AnyOf<InterviewStatus>?
        let candidateId: Identifier?
        let assessmentId: Identifier?
        let recommendation: Recommendation?
        let deadline: DeadlineState?
        /// Where the page before ended. Goes on after it whatever was added meanwhile.
        let cursor: Cursor?
        /// Instead of a cursor, as far as interviews are counted.
        let page: Whole<1, 40>?
        let limit: Whole<1, 100>?
    }

    struct Output: Codable {
        let interviews: [Interview]
        /// For the next page; null on the last one.
        let nextCursor: Cursor?
        /// Null after a cursor.
        let page: Int?
        let pageSize: Int
        /// How many there are in all, counted up to 1,000. Null after a cursor, and in a search that
        /// finds more than a page.
        let total: Int?
        let isTotalExact: Bool
        let pageCount: Int?
    }

    struct Interview: Codable {
        let id: Identifier
        let status: InterviewStatus
        let candidate: Candidate
        let assessment: Assessment
        let deadlineAt: Timestamp
        let invitationSentAt: Timestamp?
        let openedAt: Timestamp?
        let submittedAt: Timestamp?
        let createdAt: Timestamp
        let questionCount: Int
        /// Answers of both kinds, on video and in writing.
        let answerCount: Int
        let videoCount: Int
        let proctorSummary: ProctorSummary
        /// Whether the page watched; if not, a low risk says nothing. (The server itself sees only the time.)
        let monitored: Bool
        let aiAnalysisStatus: ProcessingStatus
        let recommendation: Recommendation?
    }

    struct Candidate: Codable {
        let id: Identifier
        let name: String
        let email: String
    }

    struct Assessment: Codable {
        let id: Identifier
        let title: String
        let jobTitle: String
    }

    private struct Page: Decodable {
        let found: Int
        let interviews: [Interview]
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> Output {
        guard input.cursor == nil || input.page == nil else {
            try caller.database.confirm()
            throw .invalid("page", "cannot be given together with a cursor")
        }
        let size = input.limit?.value ?? 25
        let offset = ((input.page?.value ?? 1) - 1) * size
        let isCounted = input.search == nil && input.cursor == nil
        let most = max(offset + size, isCounted ? Self.mostCounted : 0) + 1
        let page: Page? = try caller.database.row(query(input, size: size, offset: offset, most: most))
        guard let page else { throw .internal("no row from an aggregate") }

        let hasMore = page.found > offset + size
        let knowsTotal = input.cursor == nil && (isCounted || !hasMore)
        let total = knowsTotal ? min(page.found, most - 1) : nil
        return Output(
            interviews: page.interviews,
            nextCursor: hasMore ? page.interviews.last.map { Cursor($0.createdAt, $0.id) } : nil,
            page: input.cursor == nil ? offset / size + 1 : nil, pageSize: size, total: total,
            isTotalExact: knowsTotal && page.found < most, pageCount: total.map { ($0 + size - 1) / size })
    }

    /// - Parameter most: how many are looked for, and counted.
    private func query(_ input: Input, size: Int, offset: Int, most: Int) -> Statement {
        """
        WITH found AS MATERIALIZED (
            SELECT id, created_at FROM find_interviews(
                \(input.search), string_to_array(\(input.status?.words)::text, ','), \(input.candidateId), \(input.assessmentId),
                \(input.recommendation), \(input.deadline), \(input.cursor?.moment), \(input.cursor?.id), \(most)::integer)),
        page AS (SELECT id FROM found ORDER BY created_at DESC, id DESC LIMIT \(size) OFFSET \(offset))
        SELECT (SELECT count(*) FROM found) AS found, coalesce(jsonb_agg(jsonb_build_object(
            'id', i.id, 'status', status_now(i.status, i.deadline_at),
            'candidate', jsonb_build_object('id', c.id, 'name', c.name, 'email', c.email),
            'assessment', jsonb_build_object('id', a.id, 'title', a.title, 'jobTitle', a.job_title),
            'deadlineAt', i.deadline_at, 'invitationSentAt', i.invitation_sent_at, 'openedAt', i.opened_at,
            'submittedAt', i.submitted_at, 'createdAt', i.created_at,
            'questionCount', (SELECT count(*) FROM question WHERE assessment_id = i.assessment_id),
            'answerCount', (SELECT count(*) FROM video_response
                WHERE async_interview_id = i.id AND num_nonnulls(video_key, text_answer) > 0),
            'videoCount', (SELECT count(*) FROM video_response
                WHERE async_interview_id = i.id AND video_key IS NOT NULL),
            'proctorSummary', proctor_summary(i.id),
            'monitored', EXISTS (SELECT FROM proctor_log
                WHERE async_interview_id = i.id AND event_type <> 'TIME_LIMIT_EXCEEDED')
                OR EXISTS (SELECT FROM detector_watch WHERE async_interview_id = i.id AND watched_seconds > 0),
            'aiAnalysisStatus', i.ai_analysis_status,
            'recommendation', i.recommendation) ORDER BY i.created_at DESC, i.id DESC), '[]') AS interviews
        FROM page JOIN async_interview i USING (id)
        JOIN candidate c ON c.id = i.candidate_id JOIN assessment a ON a.id = i.assessment_id
        """
    }
}
