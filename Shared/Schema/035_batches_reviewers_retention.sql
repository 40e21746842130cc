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

-- ---- Candidates who are idle --------------------------------------------------------------------

SET LOCAL ROLE parley_owner;

ALTER TABLE retention_setting
    -- Candidates with everything about them, once nothing has happened to them for so long.
    ADD COLUMN candidate_days integer CHECK (candidate_days BETWEEN 1 AND 3650);

-- What has been kept for so many days, and is to go; null days keep for ever. A candidate is idle whose page nobody has
-- changed or written a note on, who has sent no resume, whose live interviews are over and whose video interviews are
-- closed for so long. What goes with a person goes once.
DROP FUNCTION retention_due(integer, integer);
CREATE FUNCTION retention_due(recording_days integer, interview_days integer, candidate_days integer)
RETURNS TABLE (scope text, subject_id uuid) LANGUAGE sql STABLE AS $$
    WITH closed AS MATERIALIZED (SELECT i.id, i.candidate_id, closed_at(i) AS since FROM async_interview i),
    idle AS MATERIALIZED (
        SELECT c.id FROM candidate c CROSS JOIN (SELECT now() - candidate_days * interval '1 day' AS before) limits
        WHERE greatest(c.created_at, c.updated_at) <= before
            AND NOT EXISTS (SELECT FROM resume r WHERE r.candidate_id = c.id AND r.created_at > before)
            AND NOT EXISTS (SELECT FROM candidate_note n WHERE n.candidate_id = c.id AND n.created_at > before)
            AND NOT EXISTS (SELECT FROM closed i WHERE i.candidate_id = c.id AND coalesce(i.since, 'infinity') > before)
            AND NOT EXISTS (SELECT FROM interview l WHERE l.candidate_id = c.id AND l.async_interview_id IS NULL
                AND greatest(l.ends_at, l.changed_at) > before)),
    outdated AS (
        SELECT id FROM closed WHERE since <= now() - interview_days * interval '1 day' AND candidate_id NOT IN (SELECT id FROM idle))
    SELECT 'PERSON', id FROM idle
    UNION ALL
    SELECT 'INTERVIEW', id FROM outdated
    UNION ALL
    SELECT 'LIVE_INTERVIEW', id FROM interview
    WHERE async_interview_id IS NULL AND status IN ('COMPLETED', 'NO_SHOW', 'CANCELLED')
        AND ends_at <= now() - interview_days * interval '1 day' AND candidate_id NOT IN (SELECT id FROM idle)
    UNION ALL
    SELECT 'RECORDING', v.id FROM closed c JOIN video_response v ON v.async_interview_id = c.id
    WHERE v.video_key IS NOT NULL AND c.since <= now() - recording_days * interval '1 day'
        AND c.id NOT IN (SELECT id FROM outdated) AND c.candidate_id NOT IN (SELECT id FROM idle)
$$;

GRANT SELECT ON candidate_note TO parley_service;
GRANT INSERT (candidate_days), UPDATE (candidate_days) ON retention_setting TO parley_recruiter;
GRANT EXECUTE ON FUNCTION retention_due(integer, integer, integer) TO parley_recruiter, parley_service;

RESET ROLE;
