-- What is closed is deleted after a time, where an organisation wants it.

SET LOCAL ROLE parley_owner;

-- How long an organisation keeps what is closed. No row, and null: for ever.
CREATE TABLE retention_setting (
    organization_id uuid PRIMARY KEY REFERENCES organization ON DELETE CASCADE,
    -- Recordings, with what was made from them.
    recording_days integer CHECK (recording_days BETWEEN 1 AND 3650),
    -- Whole interviews.
    interview_days integer CHECK (interview_days BETWEEN 1 AND 3650),
    version integer NOT NULL DEFAULT 1,
    -- When it is applied next.
    next_at timestamptz NOT NULL DEFAULT now() + interval '1 day',
    updated_at timestamptz NOT NULL DEFAULT now()
);

-- When an interview was closed: by the decision that holds, by being withdrawn, by its deadline. Null for one that is
-- open or waits for a decision.
CREATE FUNCTION closed_at(async_interview) RETURNS timestamptz LANGUAGE sql STABLE AS $$
    SELECT CASE
        WHEN $1.recommendation IS NOT NULL THEN coalesce(
            (SELECT max(d.created_at) FROM decision_ledger d WHERE d.async_interview_id = $1.id AND d.recommendation IS NOT NULL),
            $1.decision_updated_at, $1.updated_at)
        WHEN $1.status = 'CANCELLED' THEN $1.cancelled_at
        WHEN status_now($1.status, $1.deadline_at) = 'EXPIRED' THEN $1.deadline_at
    END
$$;

-- What has been kept for so many days, and is to go; null days keep for ever.
CREATE FUNCTION retention_due(recording_days integer, interview_days integer)
RETURNS TABLE (scope text, subject_id uuid) LANGUAGE sql STABLE AS $$
    WITH closed AS MATERIALIZED (SELECT i.id, closed_at(i) AS since FROM async_interview i),
    outdated AS (SELECT id FROM closed WHERE since <= now() - interview_days * interval '1 day')
    SELECT 'INTERVIEW', id FROM outdated
    UNION ALL
    SELECT 'LIVE_INTERVIEW', id FROM interview
    WHERE async_interview_id IS NULL AND status IN ('COMPLETED', 'NO_SHOW', 'CANCELLED')
        AND ends_at <= now() - interview_days * interval '1 day'
    UNION ALL
    SELECT 'RECORDING', v.id FROM closed c JOIN video_response v ON v.async_interview_id = c.id
    WHERE v.video_key IS NOT NULL AND c.since <= now() - recording_days * interval '1 day'
        AND c.id NOT IN (SELECT id FROM outdated)
$$;

CALL isolate(ARRAY['retention_setting']::regclass[]);
CREATE POLICY administrators_insert ON retention_setting AS RESTRICTIVE FOR INSERT TO parley_recruiter
    WITH CHECK ((SELECT is_administrator()));
CREATE POLICY administrators_update ON retention_setting AS RESTRICTIVE FOR UPDATE TO parley_recruiter
    USING ((SELECT is_administrator()));
GRANT SELECT ON retention_setting TO parley_recruiter, parley_service;
-- A decision closes an interview.
GRANT SELECT ON decision_ledger TO parley_service;
GRANT INSERT (organization_id, recording_days, interview_days), UPDATE (recording_days, interview_days, version, next_at, updated_at)
    ON retention_setting TO parley_recruiter;
GRANT UPDATE (next_at) ON retention_setting TO parley_service;
GRANT EXECUTE ON FUNCTION closed_at(async_interview), retention_due(integer, integer) TO parley_recruiter, parley_service;

RESET ROLE;
