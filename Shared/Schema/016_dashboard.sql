-- What needs somebody's attention, found without looking at everything else.

SET LOCAL ROLE parley_owner;

CREATE INDEX async_interview_to_review ON async_interview (organization_id, submitted_at) WHERE status = 'SUBMITTED';
CREATE INDEX async_interview_to_decide ON async_interview (organization_id, reviewed_at)
    WHERE status = 'REVIEWED' AND recommendation IS NULL;
CREATE INDEX async_interview_not_begun ON async_interview (organization_id, deadline_at) WHERE status IN ('SENT', 'OPENED');
CREATE INDEX async_interview_not_analyzed ON async_interview (organization_id, submitted_at)
    WHERE ai_analysis_status = 'failed' AND status IN ('SUBMITTED', 'REVIEWED') AND recommendation IS NULL;
CREATE INDEX async_interview_invited ON async_interview (organization_id, invitation_sent_at DESC);

-- Whether it is for the caller to score an interview's answers: they were asked to, or nobody in
-- particular was, and they have not scored all of them.
CREATE FUNCTION awaits_caller(interview uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT (EXISTS (SELECT FROM reviewer WHERE async_interview_id = interview AND account_id = caller_account())
            OR NOT EXISTS (SELECT FROM reviewer WHERE async_interview_id = interview))
        AND EXISTS (
            SELECT FROM video_response v JOIN interview l ON l.async_interview_id = v.async_interview_id
            WHERE v.async_interview_id = awaits_caller.interview AND NOT has_scored(l.id, v.question_id))
$$;
GRANT EXECUTE ON FUNCTION awaits_caller(uuid) TO parley_recruiter;
