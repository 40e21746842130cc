-- What people stop or are told of late: an analysis of many answers is cancelled; whoever was asked to review before there
-- was anything to review hears when there is; and candidates who are idle for long are deleted, where an organisation
-- wants that.

SET LOCAL ROLE parley_owner;

-- ---- Analyses of many answers -------------------------------------------------------------

ALTER TABLE analysis_batch
    ADD COLUMN cancelled_at timestamptz,
    ADD COLUMN cancelled_by_id uuid,
    ADD CHECK ((cancelled_at IS NULL) = (cancelled_by_id IS NULL)),
    ADD FOREIGN KEY (organization_id, cancelled_by_id) REFERENCES account (organization_id, id);
CREATE POLICY own_cancellation ON analysis_batch AS RESTRICTIVE FOR UPDATE TO parley_recruiter
    USING (true) WITH CHECK (cancelled_by_id = (SELECT caller_account()));
GRANT UPDATE (state, ended_at, cancelled_at, cancelled_by_id) ON analysis_batch TO parley_recruiter;
GRANT UPDATE (failure) ON analysis_request TO parley_recruiter;

-- ---- Reviewers who were asked early -----------------------------------------------------------

ALTER TABLE mail
    DROP CONSTRAINT mail_kind_check,
    ADD CONSTRAINT mail_kind_check CHECK (kind IN (
        'invitation', 'reminder', 'receipt', 'deadline-changed', 'cancelled', 'ready-to-review', 'review-asked', 'review-ready',
        'live-scheduled', 'live-moved', 'live-cancelled'));
GRANT SELECT ON reviewer TO parley_gate;

RESET ROLE;

-- As before, and it is told to each who was asked to review before it was submitted. Whoever created it hears anyway.
CREATE OR REPLACE FUNCTION complete_analysis(interview uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    held async_interview;
BEGIN
    SELECT * INTO held FROM async_interview
    WHERE id = interview AND organization_id = caller_organization() FOR UPDATE;
    IF held.status IN ('SUBMITTED', 'REVIEWED') AND held.ai_analysis_status <> 'complete' AND NOT EXISTS (
        SELECT FROM video_response WHERE async_interview_id = interview AND analysis_status = 'pending')
    THEN
        UPDATE async_interview SET ai_analysis_status = 'complete', ai_analyzed_at = now(), updated_at = now()
        WHERE id = interview;
        PERFORM emit('interview.ready', jsonb_build_object('interviewId', interview));
        PERFORM emit('review.ready', jsonb_build_object('interviewId', interview, 'accountId', r.account_id))
        FROM reviewer r
        WHERE r.async_interview_id = interview AND r.assigned_at < held.submitted_at AND r.account_id <> held.created_by_id;
    END IF;
END $$;
