import Endpoint
import Identity
import Interviews
import Postgres
import Validation

/// Lists the organisation's interviews, newest first.
@main struct ListInterviews: Endpoint {
    static let route = Route.get("/api/async-interviews")
    static let access = Access.recruiter
    static let summary = "List asynchronous interviews, newest first"

    static let pageSize = 25

    struct Input: Decodable {
        let status: InterviewStatus?
        let candidateId: Identifier?
        let assessmentId: Identifier?
        let page: Whole<1, 100_000>?
    }

    struct Output: Codable {
        let interviews: [Interview]
        let page: Int
        let pageSize: Int
        let pageCount: Int
        let total: Int
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
        let total: Int
        let interviews: [Interview]
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> Output {
        let page = input.page?.value ?? 1
        let found: Page? = try caller.database.row(
            """
            WITH matching AS MATERIALIZED (
                SELECT id, created_at FROM async_interview
                WHERE (\(input.status)::text IS NULL OR status_now(status, deadline_at) = \(input.status))
                    AND (\(input.candidateId) IS NULL OR candidate_id = \(input.candidateId))
                    AND (\(input.assessmentId) IS NULL OR assessment_id = \(input.assessmentId))),
            page AS (
                SELECT id FROM matching ORDER BY created_at DESC, id DESC
                LIMIT \(Self.pageSize) OFFSET \((page - 1) * Self.pageSize))
            SELECT (SELECT count(*) FROM matching) AS total, coalesce(jsonb_agg(jsonb_build_object(
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
            """)
        guard let found else { throw .internal("no row from an aggregate") }
        return Output(
            interviews: found.interviews, page: page, pageSize: Self.pageSize,
            pageCount: (found.total + Self.pageSize - 1) / Self.pageSize, total: found.total)
    }
}
