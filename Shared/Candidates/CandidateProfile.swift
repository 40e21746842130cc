public import Endpoint
import Interviews
public import Postgres
public import Validation

/// Everything about one candidate.
public struct CandidateProfile: Codable, Sendable {
    let id: Identifier
    let name: String
    let email: String
    let phone: String?
    let resumeUrl: String?
    let pipelineStage: PipelineStage
    let createdAt: Timestamp
    let updatedAt: Timestamp
    /// Newest first.
    let interviews: [Interview]
    /// Newest first.
    let notes: [CandidateNote]

    struct Interview: Codable, Sendable {
        let id: Identifier
        let status: InterviewStatus
        let assessment: Assessment
        let deadlineAt: Timestamp
        let invitationSentAt: Timestamp?
        let openedAt: Timestamp?
        let startedAt: Timestamp?
        let submittedAt: Timestamp?
        let reviewedAt: Timestamp?
        let createdAt: Timestamp
        let questionCount: Int
        let responseCount: Int
        let aiAnalysisStatus: ProcessingStatus
        let recommendation: Recommendation?
        let recruiterNotes: String?
        let proctorSummary: ProctorSummary
        let scores: Scores
    }

    struct Assessment: Codable, Sendable {
        let id: Identifier
        let title: String
        let jobTitle: String
    }

    struct Scores: Codable, Sendable {
        /// The mean of the caller's own, from 1 to 5; null before there is one.
        let own: Double?
        /// The mean of all reviewers'; null until the caller has scored every answer, so that
        /// nobody is swayed by others.
        let team: Double?
        let reviewerCount: Int
    }
}

extension CandidateProfile {
    /// - Throws: `NOT_FOUND`.
    public static func read(_ id: Identifier, _ session: Session) throws(Failure) -> CandidateProfile {
        let profile: CandidateProfile? = try session.row(
            """
            SELECT c.id, c.name, c.email, c.phone, c.resume_url, c.pipeline_stage, c.created_at, c.updated_at,
                (SELECT coalesce(json_agg(json_build_object(
                    'id', i.id, 'status', status_now(i.status, i.deadline_at),
                    'assessment', json_build_object('id', a.id, 'title', a.title, 'jobTitle', a.job_title),
                    'deadlineAt', i.deadline_at, 'invitationSentAt', i.invitation_sent_at, 'openedAt', i.opened_at,
                    'startedAt', i.started_at, 'submittedAt', i.submitted_at, 'reviewedAt', i.reviewed_at,
                    'createdAt', i.created_at,
                    'questionCount', (SELECT count(*) FROM question WHERE assessment_id = i.assessment_id),
                    'responseCount', answers.count, 'aiAnalysisStatus', i.ai_analysis_status,
                    'recommendation', i.recommendation,
                    'recruiterNotes', i.recruiter_notes, 'proctorSummary', proctor_summary(i.id),
                    'scores', (SELECT json_build_object(
                            'own', avg(e.score) FILTER (WHERE e.evaluator_id = caller_account()),
                            'team', CASE
                                WHEN count(*) FILTER (WHERE e.evaluator_id = caller_account()) >= answers.count
                                THEN avg(e.score) END,
                            'reviewerCount', count(DISTINCT e.evaluator_id))
                        FROM interview l JOIN evaluation e ON e.interview_id = l.id
                        WHERE l.async_interview_id = i.id)) ORDER BY i.created_at DESC, i.id DESC), '[]')
                FROM async_interview i JOIN assessment a ON a.id = i.assessment_id
                CROSS JOIN LATERAL (SELECT count(*) FROM video_response WHERE async_interview_id = i.id) answers
                WHERE i.candidate_id = c.id) AS interviews,
                candidate_notes(c.id) AS notes
            FROM candidate c WHERE c.id = \(id)
            """)
        guard let profile else { throw .notFound("candidate") }
        return profile
    }
}
