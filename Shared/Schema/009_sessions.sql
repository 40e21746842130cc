-- The session of an interview, which the server holds: the page that goes on with it, the think
-- time, the takes. A reload, another device or a wrong clock changes none of it. And what a
-- candidate is given beyond the usual terms.

SET LOCAL ROLE parley_owner;

-- ---- Terms -------------------------------------------------------------------------

-- What one candidate is given so that the interview is fair to them. No business of those who score.
CREATE TABLE accommodation (
    async_interview_id uuid PRIMARY KEY,
    organization_id uuid NOT NULL,
    -- Of the time limit and of the think time.
    time_multiplier numeric NOT NULL CHECK (time_multiplier BETWEEN 1 AND 3),
    untimed_thinking boolean NOT NULL,
    extra_takes integer NOT NULL CHECK (extra_takes BETWEEN 0 AND 3),
    without_monitoring text[] NOT NULL CHECK (without_monitoring <@ ARRAY['FULLSCREEN', 'GAZE']),
    updated_at timestamptz NOT NULL DEFAULT now(),
    FOREIGN KEY (organization_id, async_interview_id) REFERENCES async_interview (organization_id, id) ON DELETE CASCADE
);

-- Whether the caller may see and change an interview's accommodations: who created it, and administrators.
CREATE FUNCTION may_accommodate(interview uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT FROM async_interview i JOIN account a ON a.id = caller_account()
        WHERE i.id = interview AND (i.created_by_id = a.id OR a.role = 'ADMIN'))
$$;

-- An interview's accommodations as answers show them; null when there are none.
CREATE FUNCTION accommodations(interview uuid) RETURNS json LANGUAGE sql STABLE AS $$
    SELECT json_build_object(
        'timeMultiplier', a.time_multiplier, 'untimedThinking', a.untimed_thinking, 'extraTakes', a.extra_takes,
        'withoutMonitoring', a.without_monitoring)
    FROM accommodation a
    WHERE a.async_interview_id = interview
        AND (a.time_multiplier > 1 OR a.untimed_thinking OR a.extra_takes > 0 OR a.without_monitoring <> '{}')
$$;

-- What holds for the candidate of an interview: its settings with the accommodations.
CREATE FUNCTION interview_terms(interview uuid) RETURNS TABLE (
    time_limit_seconds integer, think_time_seconds integer, untimed_thinking boolean, retakes_allowed integer)
LANGUAGE sql STABLE AS $$
    SELECT ceil(i.time_limit_seconds * coalesce(a.time_multiplier, 1))::integer,
        ceil(i.think_time_seconds * coalesce(a.time_multiplier, 1))::integer,
        coalesce(a.untimed_thinking, false), retakes_allowed(i.retake_policy) + coalesce(a.extra_takes, 0)
    FROM async_interview i LEFT JOIN accommodation a ON a.async_interview_id = i.id
    WHERE i.id = interview
$$;

-- ---- Deadline and grace --------------------------------------------------------------

-- Until when that may be finished which began before the deadline.
CREATE FUNCTION grace_ends_at(deadline_at timestamptz) RETURNS timestamptz LANGUAGE sql STABLE AS $$
    SELECT deadline_at + interval '1 hour'
$$;

-- What candidates are told after the deadline.
CREATE FUNCTION deadline_notice(owner uuid) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT format('The deadline of this interview has passed. If you need more time, write to %s.', email)
    FROM account WHERE id = owner
$$;

-- The status as of now: what was begun expires with the grace, what was not with the deadline.
CREATE OR REPLACE FUNCTION status_now(status text, deadline_at timestamptz) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT CASE
        WHEN status IN ('SENT', 'OPENED') AND deadline_at <= now() THEN 'EXPIRED'
        WHEN status = 'IN_PROGRESS' AND grace_ends_at(deadline_at) <= now() THEN 'EXPIRED'
        ELSE status
    END
$$;

-- Begins a transaction on behalf of whoever holds an invitation, in order to
-- begin something: until the deadline, and not after submission;
-- finish something: until the end of the grace, and not after submission;
-- read: until the end of the grace, and for ever after submission.
CREATE FUNCTION candidate_session(hash bytea, traceparent text, purpose text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    held async_interview;
BEGIN
    SELECT * INTO held FROM async_interview WHERE invitation_token_hash = hash;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'This interview link is not valid. Please check that it was copied whole.' USING ERRCODE = 'PA401';
    ELSIF held.status = 'DRAFT' THEN
        RAISE EXCEPTION 'This interview has not been sent yet.' USING ERRCODE = 'PA403';
    ELSIF held.status IN ('SUBMITTED', 'REVIEWED') THEN
        IF purpose <> 'read' THEN
            RAISE EXCEPTION 'This interview was submitted and can no longer be changed.' USING ERRCODE = 'PA409';
        END IF;
    ELSIF status_now(held.status, held.deadline_at) = 'EXPIRED' OR purpose = 'begin' AND held.deadline_at <= now() THEN
        RAISE EXCEPTION '%', deadline_notice(held.created_by_id) USING ERRCODE = 'PA410';
    END IF;
    PERFORM set_config('app.organization', held.organization_id::text, true),
        set_config('app.interview', held.id::text, true),
        set_config('app.traceparent', traceparent, true);
END $$;

-- ---- The session -----------------------------------------------------------------------

-- The page that goes on with an interview: the one that last opened a question.
CREATE TABLE active_page (
    async_interview_id uuid PRIMARY KEY,
    organization_id uuid NOT NULL,
    page_session uuid NOT NULL,
    seen_at timestamptz NOT NULL DEFAULT now(),
    FOREIGN KEY (organization_id, async_interview_id) REFERENCES async_interview (organization_id, id) ON DELETE CASCADE
);

CREATE TABLE opened_question (
    async_interview_id uuid NOT NULL,
    question_id uuid NOT NULL,
    organization_id uuid NOT NULL,
    -- The first time.
    opened_at timestamptz NOT NULL DEFAULT now(),
    -- As `opened_at`, and anew with each retake.
    thinking_since timestamptz NOT NULL DEFAULT now(),
    -- What is written so far; null for an answer on video and once the answer is saved.
    draft text CHECK (char_length(draft) <= 10000),
    PRIMARY KEY (async_interview_id, question_id),
    FOREIGN KEY (organization_id, async_interview_id) REFERENCES async_interview (organization_id, id) ON DELETE CASCADE,
    FOREIGN KEY (organization_id, question_id) REFERENCES question (organization_id, id)
);

-- Every take that was begun. Only one that was recorded and then replaced has cost a retake.
CREATE TABLE take (
    async_interview_id uuid NOT NULL,
    -- Made by the page.
    id uuid NOT NULL,
    organization_id uuid NOT NULL,
    question_id uuid NOT NULL,
    -- In the order in which they were heard of.
    place bigint GENERATED ALWAYS AS IDENTITY,
    -- One more than there were retakes when it began.
    take_number integer NOT NULL CHECK (take_number BETWEEN 1 AND 7),
    state text NOT NULL DEFAULT 'RUNNING' CHECK (state IN ('RUNNING', 'RECORDED', 'RETAKEN', 'INTERRUPTED')),
    begun_at timestamptz NOT NULL,
    ended_at timestamptz,
    duration_seconds integer CHECK (duration_seconds >= 0),
    PRIMARY KEY (async_interview_id, id),
    FOREIGN KEY (organization_id, async_interview_id) REFERENCES async_interview (organization_id, id) ON DELETE CASCADE,
    FOREIGN KEY (organization_id, question_id) REFERENCES question (organization_id, id)
);
CREATE INDEX take_newest ON take (async_interview_id, question_id, place DESC);
-- One page holds the interview, and it records one take at a time.
CREATE UNIQUE INDEX take_running ON take (async_interview_id) WHERE state = 'RUNNING';

ALTER TABLE recording
    -- The take that it is of; null for one that the page has not told of.
    ADD COLUMN take_id uuid,
    ADD FOREIGN KEY (async_interview_id, take_id) REFERENCES take (async_interview_id, id),
    DROP CONSTRAINT recording_take_number_check,
    ADD CONSTRAINT recording_take_number_check CHECK (take_number BETWEEN 1 AND 7);
CREATE INDEX recording_take ON recording (async_interview_id, take_id);
ALTER TABLE video_response
    DROP CONSTRAINT video_response_take_number_check,
    ADD CONSTRAINT video_response_take_number_check CHECK (take_number BETWEEN 1 AND 7);

-- The newest recording of a take whose bytes are all there; null when none is.
CREATE FUNCTION stored_key(interview uuid, take uuid) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT r.video_key FROM recording r JOIN blob b ON b.key = r.video_key
    WHERE r.async_interview_id = interview AND r.take_id = take ORDER BY b.created_at DESC LIMIT 1
$$;

-- Has what was recorded of a take removed. It may still be on its way.
CREATE FUNCTION discard_take(take uuid) RETURNS void LANGUAGE sql AS $$
    SELECT emit('recording.discarded', jsonb_build_object('key', video_key))
    FROM recording WHERE async_interview_id = caller_interview() AND take_id = take
$$;

-- Has removed what was recorded for the question before the recording that became its answer.
CREATE FUNCTION discard_before(answer text) RETURNS void LANGUAGE sql AS $$
    SELECT emit('recording.discarded', jsonb_build_object('key', r.video_key))
    FROM recording r JOIN recording chosen USING (async_interview_id, question_id)
    WHERE chosen.video_key = answer AND r.granted_at < chosen.granted_at AND r.status <> 'TERMINATED'
$$;

-- A take as the rules look at it.
CREATE FUNCTION take_facts(take) RETURNS json LANGUAGE sql STABLE AS $$
    SELECT json_build_object(
        'id', $1.id, 'questionId', $1.question_id, 'takeNumber', $1.take_number, 'state', $1.state,
        'begunAt', $1.begun_at, 'isStored', stored_key($1.async_interview_id, $1.id) IS NOT NULL)
$$;

-- What is asked before a recording may be uploaded for a question of the caller's interview.
-- `take` is null when the page has told of none.
CREATE FUNCTION upload_rules(question uuid, take uuid) RETURNS TABLE (
    is_written boolean, is_known_take boolean, is_in_time boolean, deadline_notice text, earlier_grants bigint)
LANGUAGE sql STABLE AS $$
    SELECT q.type = 'ASYNC_TEXT', $2 IS NULL OR t.id IS NOT NULL,
        i.deadline_at > now() OR coalesce(t.begun_at <= i.deadline_at, false), deadline_notice(i.created_by_id),
        (SELECT count(*) FROM recording r WHERE r.question_id = q.id)
    FROM async_interview i JOIN question q ON q.id = question
    LEFT JOIN take t ON t.id = $2 AND t.question_id = q.id
    WHERE i.id = caller_interview()
$$;

-- How long an answer was and how long it might have been tells what the candidate was given.
CREATE FUNCTION conceal_terms() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM accommodation WHERE async_interview_id = NEW.async_interview_id AND time_multiplier > 1) THEN
        NEW.metadata := NEW.metadata - ARRAY['allowedSeconds', 'actualSeconds'];
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER conceal_terms BEFORE INSERT ON proctor_log FOR EACH ROW
    WHEN (NEW.event_type = 'TIME_LIMIT_EXCEEDED') EXECUTE FUNCTION conceal_terms();

-- ---- Who reaches it ----------------------------------------------------------------------

CALL isolate(ARRAY['accommodation', 'active_page', 'opened_question', 'take']::regclass[]);
CREATE POLICY own_interview ON accommodation AS RESTRICTIVE TO parley_candidate
    USING (async_interview_id = (SELECT caller_interview()));
CREATE POLICY own_interview ON active_page AS RESTRICTIVE TO parley_candidate
    USING (async_interview_id = (SELECT caller_interview()));
CREATE POLICY own_interview ON opened_question AS RESTRICTIVE TO parley_candidate
    USING (async_interview_id = (SELECT caller_interview()));
CREATE POLICY own_interview ON take AS RESTRICTIVE TO parley_candidate
    USING (async_interview_id = (SELECT caller_interview()));
CREATE POLICY confidential ON accommodation AS RESTRICTIVE TO parley_recruiter
    USING (may_accommodate(async_interview_id));

GRANT SELECT ON accommodation TO parley_candidate, parley_service;
GRANT SELECT, INSERT, UPDATE (time_multiplier, untimed_thinking, extra_takes, without_monitoring, updated_at)
    ON accommodation TO parley_recruiter;
GRANT SELECT, INSERT, UPDATE (page_session, seen_at) ON active_page TO parley_candidate;
GRANT SELECT, INSERT, UPDATE (thinking_since, draft) ON opened_question TO parley_candidate;
GRANT SELECT, INSERT, UPDATE (state, ended_at, duration_seconds) ON take TO parley_candidate;

GRANT EXECUTE ON FUNCTION may_accommodate(uuid), retakes_allowed(text) TO parley_recruiter;
GRANT EXECUTE ON FUNCTION accommodations(uuid) TO parley_candidate, parley_recruiter;
GRANT EXECUTE ON FUNCTION interview_terms(uuid), upload_rules(uuid, uuid), stored_key(uuid, uuid), take_facts(take),
    discard_take(uuid), discard_before(text) TO parley_candidate;
GRANT EXECUTE ON FUNCTION grace_ends_at(timestamptz) TO parley_candidate, parley_recruiter, parley_gate;
GRANT EXECUTE ON FUNCTION deadline_notice(uuid) TO parley_candidate, parley_gate;
GRANT EXECUTE ON FUNCTION status_now(text, timestamptz) TO parley_gate;

RESET ROLE;
DROP FUNCTION candidate_session(bytea, text, boolean);
ALTER FUNCTION candidate_session(bytea, text, text) OWNER TO parley_gate;
GRANT EXECUTE ON FUNCTION candidate_session(bytea, text, text) TO parley_candidate;
