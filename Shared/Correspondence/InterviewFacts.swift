public import Postgres
public import Validation

/// Everything that mails say about one interview, as it is now.
public struct InterviewFacts: Decodable {
    public let candidateName: String
    public let invitationEmail: String
    public let recruiterName: String
    public let recruiterEmail: String
    /// Whether whoever created it can sign in.
    public let recruiterIsActive: Bool
    /// The reviewer a mail is for; nil where it is for nobody in particular.
    public let reviewerName: String?
    public let reviewerEmail: String?
    /// Whether that reviewer can sign in and is still asked to review.
    public let reviewerIsAsked: Bool
    /// Whether a mail has told that reviewer, since they were asked, that the candidate has submitted it.
    public let reviewerKnows: Bool
    public let isUndecided: Bool
    public let organization: String
    public let jobTitle: String
    public let introMessage: String?
    public let questionCount: Int
    public let timeLimitSeconds: Int
    public let deadlineAt: Timestamp
    public let answers: [Answer]
    /// Whether the invitation went out, and the candidate can still do something about it.
    public let isOpen: Bool
    /// Whether the invitation goes by mail; otherwise whoever sent it hands over the link.
    public let isMailed: Bool
    /// Whether it went out and was withdrawn.
    public let isCancelled: Bool
    public let submittedAt: Timestamp?
    /// The plan for the present deadline; nil while there is none.
    public let planId: Identifier?

    /// An answer as far as it is there, to the question at `position`, from 1.
    public struct Answer: Decodable {
        public let position: Int
        public let seconds: Int
        /// Nil for an answer on video.
        public let characters: Int?
    }

    /// No row when the interview is not the caller's organisation's.
    /// - Parameter reviewer: whom it is to be told; the caller unless given.
    public static func query(_ interview: Identifier, to reviewer: Identifier? = nil) -> Statement {
        """
        SELECT c.name AS candidate_name, i.invitation_email, r.name AS recruiter_name, r.email AS recruiter_email,
            r.deactivated_at IS NULL AS recruiter_is_active, v.name AS reviewer_name, v.email AS reviewer_email,
            v.deactivated_at IS NULL AND EXISTS (
                SELECT FROM reviewer w WHERE w.async_interview_id = i.id AND w.account_id = v.id) AS reviewer_is_asked,
            EXISTS (SELECT FROM reviewer w JOIN mail m ON m.async_interview_id = w.async_interview_id
                WHERE w.async_interview_id = i.id AND w.account_id = v.id AND m.recipient = v.email AND m.state = 'sent'
                    AND m.kind IN ('review-asked', 'review-ready')
                    AND m.sent_at >= i.submitted_at AND m.sent_at >= w.assigned_at) AS reviewer_knows,
            i.recommendation IS NULL AS is_undecided,
            o.name AS organization, a.job_title, i.intro_message, i.time_limit_seconds, i.deadline_at, i.submitted_at,
            (SELECT count(*) FROM question WHERE assessment_id = a.id) AS question_count,
            (SELECT coalesce(json_agg(json_build_object('position', q.position,
                    'seconds', coalesce(v.duration_seconds, 0), 'characters', char_length(v.text_answer))
                    ORDER BY q.position), '[]')
                FROM video_response v JOIN question q ON q.id = v.question_id
                WHERE v.async_interview_id = i.id AND v.status = 'SUBMITTED') AS answers,
            is_open(i.status, i.deadline_at) AS is_open, i.is_mailed,
            i.status = 'CANCELLED' AND i.invitation_sent_at IS NOT NULL AS is_cancelled,
            (SELECT p.id FROM deadline_plan p WHERE p.async_interview_id = i.id AND p.deadline_at = i.deadline_at) AS plan_id
        FROM async_interview i JOIN candidate c ON c.id = i.candidate_id JOIN assessment a ON a.id = i.assessment_id
        JOIN organization o ON o.id = i.organization_id JOIN account r ON r.id = i.created_by_id
        LEFT JOIN account v ON v.id = coalesce(\(reviewer), caller_account())
        WHERE i.id = \(interview)
        """
    }
}
