-- From scores to a decision: who reviews an interview, what each score was given in the light of,
-- what became of the integrity report, and what was decided. Ledgers only grow: nobody may change
-- or remove what stands in them.

SET LOCAL ROLE parley_owner;

-- ---- Reviewers and scores ------------------------------------------------------------

-- Who was asked to review. Anyone in the organisation may review besides.
CREATE TABLE reviewer (
    organization_id uuid NOT NULL,
    async_interview_id uuid NOT NULL,
    account_id uuid NOT NULL,
    assigned_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (async_interview_id, account_id),
    FOREIGN KEY (organization_id, async_interview_id) REFERENCES async_interview (organization_id, id) ON DELETE CASCADE,
    FOREIGN KEY (organization_id, account_id) REFERENCES account (organization_id, id) ON DELETE CASCADE
);

-- What the engine suggested when a reviewer scored an answer, what the reviewer gave, and why
-- another score: a row for each change of any of these.
CREATE TABLE score_ledger (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    organization_id uuid NOT NULL,
    async_interview_id uuid NOT NULL,
    question_id uuid NOT NULL,
    evaluator_id uuid NOT NULL,
    -- Null when nothing was suggested.
    suggested integer CHECK (suggested BETWEEN 1 AND 5),
    engine_name text,
    engine_version text,
    given integer NOT NULL CHECK (given BETWEEN 1 AND 5),
    -- Why not the suggestion; null when it was followed, or nothing was said.
    reason text,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    FOREIGN KEY (organization_id, async_interview_id) REFERENCES async_interview (organization_id, id) ON DELETE CASCADE,
    FOREIGN KEY (organization_id, question_id) REFERENCES question (organization_id, id),
    FOREIGN KEY (organization_id, evaluator_id) REFERENCES account (organization_id, id)
);
CREATE INDEX score_ledger_interview ON score_ledger (async_interview_id, question_id, evaluator_id, created_at);

-- A score's version is the time of its last change as JSON shows it, in milliseconds, and no two
-- changes share one.
UPDATE evaluation SET updated_at = date_trunc('milliseconds', updated_at);
ALTER TABLE evaluation ALTER updated_at SET DEFAULT date_trunc('milliseconds', clock_timestamp());

CREATE FUNCTION next_version(last timestamptz) RETURNS timestamptz LANGUAGE sql VOLATILE AS $$
    SELECT greatest(date_trunc('milliseconds', clock_timestamp()), last + interval '1 millisecond')
$$;

-- Whether the caller has scored an answer, and so may see the others' scores of it.
CREATE FUNCTION has_scored(linked uuid, question uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT FROM evaluation
        WHERE interview_id = linked AND question_id = question AND evaluator_id = caller_account())
$$;

-- A review is complete when everyone who was asked has scored every answer, or, when nobody was
-- asked, when one reviewer has.
CREATE FUNCTION review_is_complete(interview uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    WITH answers AS (SELECT question_id FROM video_response WHERE async_interview_id = interview),
    assigned AS (SELECT account_id FROM reviewer WHERE async_interview_id = interview),
    done AS (
        SELECT e.evaluator_id FROM evaluation e JOIN answers USING (question_id)
        JOIN interview l ON l.id = e.interview_id AND l.async_interview_id = review_is_complete.interview
        GROUP BY e.evaluator_id HAVING count(*) = (SELECT count(*) FROM answers))
    SELECT EXISTS (SELECT FROM done)
        AND NOT EXISTS (SELECT FROM assigned WHERE account_id NOT IN (SELECT evaluator_id FROM done))
$$;

-- Those who were asked to review an interview and whoever did besides, with how far they are.
CREATE FUNCTION reviewers(interview uuid) RETURNS json LANGUAGE sql STABLE AS $$
    SELECT coalesce(json_agg(json_build_object(
        'id', a.id, 'name', a.name, 'isAssigned', is_assigned, 'scored', scored,
        'status', CASE WHEN scored = 0 THEN 'NOT_STARTED' WHEN scored < answers THEN 'IN_PROGRESS' ELSE 'DONE' END)
        ORDER BY a.name, a.id), '[]')
    FROM (
        SELECT account_id, bool_or(assigned) AS is_assigned, count(question_id) AS scored
        FROM (
            SELECT account_id, true AS assigned, NULL AS question_id FROM reviewer WHERE async_interview_id = interview
            UNION ALL
            SELECT e.evaluator_id, false, e.question_id
            FROM evaluation e JOIN interview l ON l.id = e.interview_id AND l.async_interview_id = reviewers.interview
            JOIN video_response v ON v.async_interview_id = reviewers.interview AND v.question_id = e.question_id) each
        GROUP BY account_id) person
    JOIN account a ON a.id = account_id
    CROSS JOIN (SELECT count(*) AS answers FROM video_response WHERE async_interview_id = interview) total
$$;

-- Brings an interview's status in step with its review: after a score, and after the reviewers changed.
CREATE PROCEDURE note_review(interview uuid) LANGUAGE sql AS $$
    UPDATE async_interview
    SET status = 'REVIEWED', reviewed_by_id = caller_account(), reviewed_at = now(), updated_at = now()
    WHERE id = interview AND status = 'SUBMITTED' AND review_is_complete(interview);
    UPDATE async_interview
    SET status = 'SUBMITTED', reviewed_by_id = NULL, reviewed_at = NULL, updated_at = now()
    WHERE id = interview AND status = 'REVIEWED' AND recommendation IS NULL AND NOT review_is_complete(interview)
$$;

-- Whoever created an interview and administrators run it: they see and change its accommodations
-- and say who reviews it.
CREATE FUNCTION runs_interview(interview uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT FROM async_interview i JOIN account a ON a.id = caller_account()
        WHERE i.id = interview AND (i.created_by_id = a.id OR a.role = 'ADMIN'))
$$;
CREATE OR REPLACE FUNCTION may_accommodate(interview uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT runs_interview(interview)
$$;

-- ---- Decisions --------------------------------------------------------------------------

-- Each decision on an interview with its reason; a reopened review is one without a recommendation.
-- What holds is in `async_interview`.
CREATE TABLE decision_ledger (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    organization_id uuid NOT NULL,
    async_interview_id uuid NOT NULL,
    account_id uuid NOT NULL,
    recommendation text CHECK (recommendation IN ('strong_advance', 'advance', 'hold', 'decline')),
    reason text,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CHECK (recommendation IS NULL OR reason IS NOT NULL),
    FOREIGN KEY (organization_id, async_interview_id) REFERENCES async_interview (organization_id, id) ON DELETE CASCADE,
    FOREIGN KEY (organization_id, account_id) REFERENCES account (organization_id, id)
);
CREATE INDEX decision_ledger_interview ON decision_ledger (async_interview_id, created_at);

-- Why an interview was decided as it is.
CREATE FUNCTION decision_reason(interview uuid) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT reason FROM decision_ledger WHERE async_interview_id = interview ORDER BY created_at DESC LIMIT 1
$$;

-- When the recommendation or the notes changed last: their version, in milliseconds.
ALTER TABLE async_interview ADD COLUMN decision_updated_at timestamptz;

-- ---- The integrity report ------------------------------------------------------------------

-- What a reviewer makes of the events of one type in one question (null: between questions) that
-- had been received by then. The events stay, and the newest disposition counts.
CREATE TABLE proctor_disposition (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    organization_id uuid NOT NULL,
    async_interview_id uuid NOT NULL,
    account_id uuid NOT NULL,
    event_type text NOT NULL,
    question_id uuid,
    disposition text NOT NULL CHECK (disposition IN ('CONFIRMED', 'DISMISSED')),
    reason text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    FOREIGN KEY (organization_id, async_interview_id) REFERENCES async_interview (organization_id, id) ON DELETE CASCADE,
    FOREIGN KEY (organization_id, account_id) REFERENCES account (organization_id, id),
    FOREIGN KEY (organization_id, question_id) REFERENCES question (organization_id, id)
);
CREATE INDEX proctor_disposition_interview ON proctor_disposition (async_interview_id, created_at);

-- The severity of an event and the risk of an interview: requirement "async", section 5. Tab
-- switches are a warning once there are more than three of them.
CREATE FUNCTION proctor_severity(event_type text, tab_switches bigint) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE
        WHEN event_type IN ('MULTIPLE_FACES', 'DEVTOOLS_OPEN', 'COPY_PASTE_ATTEMPT') THEN 'critical'
        WHEN event_type IN ('NO_FACE_DETECTED', 'FULLSCREEN_EXIT') THEN 'warning'
        WHEN event_type = 'TAB_SWITCH' AND tab_switches > 3 THEN 'warning'
        ELSE 'info'
    END
$$;
CREATE FUNCTION risk_level(critical bigint, warning bigint, info bigint) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN critical > 0 THEN 'high' WHEN warning >= 3 OR info >= 5 THEN 'medium' ELSE 'low' END
$$;
GRANT EXECUTE ON FUNCTION proctor_severity(text, bigint), risk_level(bigint, bigint, bigint) TO parley_recruiter;

CREATE OR REPLACE VIEW proctor_event WITH (security_invoker = true) AS
SELECT id, organization_id, async_interview_id, question_id, event_type, metadata, occurred_at,
    proctor_severity(event_type,
        count(*) FILTER (WHERE event_type = 'TAB_SWITCH') OVER (PARTITION BY async_interview_id)) AS severity,
    received_at
FROM proctor_log;

CREATE OR REPLACE FUNCTION proctor_summary(interview uuid) RETURNS jsonb LANGUAGE sql STABLE AS $$
    SELECT jsonb_build_object(
        'totalEvents', total, 'critical', critical, 'warning', warning, 'info', info,
        'riskLevel', risk_level(critical, warning, info))
    FROM (
        SELECT count(*) AS total,
            count(*) FILTER (WHERE severity = 'critical') AS critical,
            count(*) FILTER (WHERE severity = 'warning') AS warning,
            count(*) FILTER (WHERE severity = 'info') AS info
        FROM proctor_event WHERE async_interview_id = interview) counted
$$;

-- The events of an interview of which the newest disposition is not that they are dismissed, with
-- the severity that they have by themselves.
CREATE FUNCTION standing_events(interview uuid) RETURNS TABLE (id uuid, severity text) LANGUAGE sql STABLE AS $$
    SELECT p.id, proctor_severity(p.event_type, count(*) FILTER (WHERE p.event_type = 'TAB_SWITCH') OVER ())
    FROM proctor_log p
    WHERE p.async_interview_id = interview AND 'DISMISSED' IS DISTINCT FROM (
        SELECT d.disposition FROM proctor_disposition d
        WHERE d.async_interview_id = interview AND d.event_type = p.event_type
            AND d.question_id IS NOT DISTINCT FROM p.question_id AND d.created_at >= p.received_at
        ORDER BY d.created_at DESC LIMIT 1)
$$;

-- ---- Who reaches it --------------------------------------------------------------------------

CALL isolate(ARRAY['reviewer', 'score_ledger', 'decision_ledger', 'proctor_disposition']::regclass[]);

-- Nobody scores or decides in another's name.
CREATE POLICY own_name ON evaluation AS RESTRICTIVE FOR INSERT TO parley_recruiter
    WITH CHECK (evaluator_id = (SELECT caller_account()));
CREATE POLICY own_scores ON evaluation AS RESTRICTIVE FOR UPDATE TO parley_recruiter
    USING (evaluator_id = (SELECT caller_account()));
CREATE POLICY own_name ON score_ledger AS RESTRICTIVE FOR INSERT TO parley_recruiter
    WITH CHECK (evaluator_id = (SELECT caller_account()));
CREATE POLICY own_name ON decision_ledger AS RESTRICTIVE FOR INSERT TO parley_recruiter
    WITH CHECK (account_id = (SELECT caller_account()));
CREATE POLICY own_name ON proctor_disposition AS RESTRICTIVE FOR INSERT TO parley_recruiter
    WITH CHECK (account_id = (SELECT caller_account()));
CREATE POLICY managed ON reviewer AS RESTRICTIVE FOR INSERT TO parley_recruiter
    WITH CHECK (runs_interview(async_interview_id));
CREATE POLICY unmanaged ON reviewer AS RESTRICTIVE FOR DELETE TO parley_recruiter
    USING (runs_interview(async_interview_id));

GRANT SELECT, INSERT, DELETE ON reviewer TO parley_recruiter;
GRANT SELECT, INSERT ON score_ledger, decision_ledger, proctor_disposition TO parley_recruiter;
GRANT UPDATE (decision_updated_at) ON async_interview TO parley_recruiter;
GRANT EXECUTE ON FUNCTION next_version(timestamptz), has_scored(uuid, uuid), review_is_complete(uuid), reviewers(uuid),
    decision_reason(uuid), runs_interview(uuid), standing_events(uuid) TO parley_recruiter;
GRANT EXECUTE ON PROCEDURE note_review(uuid) TO parley_recruiter;
