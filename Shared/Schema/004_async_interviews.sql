-- Asynchronous video interviews: what was asked, recorded, heard, observed and decided.

SET LOCAL ROLE parley_owner;

CREATE TABLE async_interview (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    organization_id uuid NOT NULL REFERENCES organization,
    assessment_id uuid NOT NULL,
    candidate_id uuid NOT NULL,
    created_by_id uuid NOT NULL,
    status text NOT NULL DEFAULT 'DRAFT'
        CHECK (status IN ('DRAFT', 'SENT', 'OPENED', 'IN_PROGRESS', 'SUBMITTED', 'EXPIRED', 'REVIEWED')),
    time_limit_seconds integer NOT NULL CHECK (time_limit_seconds BETWEEN 30 AND 600),
    think_time_seconds integer NOT NULL CHECK (think_time_seconds BETWEEN 0 AND 120),
    retake_policy text NOT NULL CHECK (retake_policy IN ('ZERO', 'ONE', 'TWO', 'THREE')),
    deadline_at timestamptz NOT NULL,
    intro_message text,
    outro_message text,
    -- The token itself is nowhere: it is derived from the id with the installation's secret.
    invitation_token_hash bytea NOT NULL UNIQUE,
    invitation_sent_at timestamptz,
    invitation_email text NOT NULL,
    opened_at timestamptz,
    started_at timestamptz,
    submitted_at timestamptz,
    last_active_at timestamptz,
    reviewed_by_id uuid,
    reviewed_at timestamptz,
    recommendation text CHECK (recommendation IN ('strong_advance', 'advance', 'hold', 'decline')),
    recruiter_notes text,
    ai_analysis_status text NOT NULL DEFAULT 'pending'
        CHECK (ai_analysis_status IN ('pending', 'processing', 'complete', 'failed')),
    ai_analyzed_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (organization_id, id),
    FOREIGN KEY (organization_id, assessment_id) REFERENCES assessment (organization_id, id),
    FOREIGN KEY (organization_id, candidate_id) REFERENCES candidate (organization_id, id),
    FOREIGN KEY (organization_id, created_by_id) REFERENCES account (organization_id, id),
    FOREIGN KEY (organization_id, reviewed_by_id) REFERENCES account (organization_id, id)
);
CREATE INDEX async_interview_newest ON async_interview (organization_id, created_at DESC, id DESC);
CREATE INDEX async_interview_status ON async_interview (organization_id, status, created_at DESC);
CREATE INDEX async_interview_assessment ON async_interview (assessment_id);
CREATE INDEX async_interview_candidate ON async_interview (candidate_id);
CREATE INDEX async_interview_deadline ON async_interview (deadline_at);

-- The interview as the platform's evaluations know it: one for each asynchronous interview,
-- so that what is computed from evaluations need not tell live from asynchronous.
CREATE TABLE interview (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    organization_id uuid NOT NULL,
    assessment_id uuid NOT NULL,
    candidate_id uuid NOT NULL,
    async_interview_id uuid UNIQUE,
    scheduled_at timestamptz,
    status text NOT NULL DEFAULT 'SCHEDULED' CHECK (status IN ('SCHEDULED', 'IN_PROGRESS', 'COMPLETED', 'CANCELLED')),
    UNIQUE (organization_id, id),
    FOREIGN KEY (organization_id, assessment_id) REFERENCES assessment (organization_id, id),
    FOREIGN KEY (organization_id, candidate_id) REFERENCES candidate (organization_id, id),
    FOREIGN KEY (organization_id, async_interview_id) REFERENCES async_interview (organization_id, id) ON DELETE CASCADE
);

CREATE TABLE evaluation (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    organization_id uuid NOT NULL,
    interview_id uuid NOT NULL,
    evaluator_id uuid NOT NULL,
    question_id uuid NOT NULL,
    score integer NOT NULL CHECK (score BETWEEN 1 AND 5),
    notes text,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (interview_id, evaluator_id, question_id),
    FOREIGN KEY (organization_id, interview_id) REFERENCES interview (organization_id, id) ON DELETE CASCADE,
    FOREIGN KEY (organization_id, evaluator_id) REFERENCES account (organization_id, id),
    FOREIGN KEY (organization_id, question_id) REFERENCES question (organization_id, id)
);

-- What the blob store holds, for the local store.
CREATE TABLE blob (
    key text PRIMARY KEY,
    organization_id uuid NOT NULL REFERENCES organization,
    content_type text NOT NULL,
    size_bytes bigint NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);

-- A permission to upload one recording, and whether it was used.
CREATE TABLE recording (
    id uuid PRIMARY KEY,
    organization_id uuid NOT NULL,
    async_interview_id uuid NOT NULL,
    question_id uuid NOT NULL,
    video_key text NOT NULL UNIQUE,
    mime_type text NOT NULL,
    status text NOT NULL DEFAULT 'GRANTED' CHECK (status IN ('GRANTED', 'STORED')),
    size_bytes bigint,
    granted_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    stored_at timestamptz,
    FOREIGN KEY (organization_id, async_interview_id) REFERENCES async_interview (organization_id, id) ON DELETE CASCADE,
    FOREIGN KEY (organization_id, question_id) REFERENCES question (organization_id, id)
);
CREATE INDEX recording_interview ON recording (async_interview_id, question_id);

CREATE TABLE video_response (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    organization_id uuid NOT NULL,
    async_interview_id uuid NOT NULL,
    question_id uuid NOT NULL,
    candidate_id uuid NOT NULL,
    status text NOT NULL DEFAULT 'NOT_STARTED' CHECK (status IN ('NOT_STARTED', 'RECORDING', 'RECORDED', 'SUBMITTED')),
    video_key text REFERENCES recording (video_key),
    duration_seconds integer,
    take_number integer NOT NULL DEFAULT 1 CHECK (take_number BETWEEN 1 AND 4),
    retakes_used integer NOT NULL DEFAULT 0,
    transcript text,
    transcript_status text NOT NULL DEFAULT 'pending'
        CHECK (transcript_status IN ('pending', 'processing', 'complete', 'failed')),
    -- The whole transcript with word times and its engine, as module Speech writes it.
    transcript_data jsonb,
    -- Why there is no transcript, for people; null when there is one.
    transcript_problem text,
    ai_insights jsonb,
    recruiter_score integer CHECK (recruiter_score BETWEEN 1 AND 5),
    recruiter_notes text,
    started_at timestamptz,
    submitted_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (async_interview_id, question_id),
    UNIQUE (organization_id, id),
    FOREIGN KEY (organization_id, async_interview_id) REFERENCES async_interview (organization_id, id) ON DELETE CASCADE,
    FOREIGN KEY (organization_id, question_id) REFERENCES question (organization_id, id),
    FOREIGN KEY (organization_id, candidate_id) REFERENCES candidate (organization_id, id)
);
CREATE INDEX video_response_key ON video_response (video_key);

CREATE TABLE proctor_log (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    organization_id uuid NOT NULL,
    async_interview_id uuid NOT NULL,
    candidate_id uuid NOT NULL,
    question_id uuid,
    event_type text NOT NULL CHECK (event_type IN (
        'TAB_SWITCH', 'FULLSCREEN_EXIT', 'NO_FACE_DETECTED', 'MULTIPLE_FACES', 'COPY_PASTE_ATTEMPT',
        'TIME_LIMIT_EXCEEDED', 'WINDOW_BLUR', 'DEVTOOLS_OPEN')),
    metadata jsonb,
    occurred_at timestamptz NOT NULL DEFAULT now(),
    FOREIGN KEY (organization_id, async_interview_id) REFERENCES async_interview (organization_id, id) ON DELETE CASCADE,
    FOREIGN KEY (organization_id, candidate_id) REFERENCES candidate (organization_id, id),
    FOREIGN KEY (organization_id, question_id) REFERENCES question (organization_id, id)
);
CREATE INDEX proctor_log_interview ON proctor_log (async_interview_id, occurred_at);

CALL isolate(ARRAY[
    'async_interview', 'interview', 'evaluation', 'blob', 'recording', 'video_response', 'proctor_log']::regclass[]);

-- A candidate reaches their own interview and nothing else of the organisation.
CREATE POLICY own_interview ON async_interview AS RESTRICTIVE TO parley_candidate
    USING (id = (SELECT caller_interview()));
CREATE POLICY own_interview ON interview AS RESTRICTIVE TO parley_candidate
    USING (async_interview_id = (SELECT caller_interview()));
CREATE POLICY own_interview ON recording AS RESTRICTIVE TO parley_candidate
    USING (async_interview_id = (SELECT caller_interview()));
CREATE POLICY own_interview ON video_response AS RESTRICTIVE TO parley_candidate
    USING (async_interview_id = (SELECT caller_interview()));
CREATE POLICY own_interview ON proctor_log AS RESTRICTIVE TO parley_candidate
    USING (async_interview_id = (SELECT caller_interview()));
CREATE POLICY own_interview ON blob AS RESTRICTIVE TO parley_candidate
    USING (key IN (SELECT video_key FROM recording));
CREATE POLICY own_interview ON question AS RESTRICTIVE TO parley_candidate
    USING (assessment_id = (SELECT assessment_id FROM async_interview WHERE async_interview.id = (SELECT caller_interview())));

CREATE POLICY gate ON async_interview FOR SELECT TO parley_gate USING (true);
GRANT SELECT ON async_interview, video_response TO parley_gate;
GRANT UPDATE (ai_analysis_status, ai_analyzed_at, updated_at) ON async_interview TO parley_gate;

GRANT SELECT, INSERT ON async_interview, interview TO parley_recruiter;
GRANT UPDATE (status, invitation_sent_at, reviewed_by_id, reviewed_at, recommendation, recruiter_notes, updated_at)
    ON async_interview TO parley_recruiter;
GRANT SELECT, INSERT ON evaluation TO parley_recruiter;
GRANT UPDATE (score, notes, updated_at) ON evaluation TO parley_recruiter;
GRANT SELECT ON recording, blob, video_response, proctor_log TO parley_recruiter;
GRANT UPDATE (recruiter_score, recruiter_notes, updated_at) ON video_response TO parley_recruiter;

GRANT SELECT (
    id, organization_id, assessment_id, candidate_id, created_by_id, status, time_limit_seconds, think_time_seconds,
    retake_policy, deadline_at, intro_message, outro_message, opened_at, started_at, submitted_at, last_active_at)
    ON async_interview TO parley_candidate;
GRANT UPDATE (status, opened_at, started_at, submitted_at, last_active_at, updated_at, ai_analysis_status)
    ON async_interview TO parley_candidate;
GRANT SELECT (id, organization_id, async_interview_id), UPDATE (status) ON interview TO parley_candidate;
GRANT SELECT, INSERT ON recording TO parley_candidate;
-- For locking a recording while its answer is saved: FOR UPDATE needs the right to update something.
GRANT UPDATE (status) ON recording TO parley_candidate;
GRANT SELECT ON blob TO parley_candidate;
GRANT SELECT (
    id, organization_id, async_interview_id, question_id, candidate_id, status, video_key, duration_seconds,
    take_number, retakes_used, submitted_at, started_at) ON video_response TO parley_candidate;
GRANT INSERT (organization_id, async_interview_id, question_id, candidate_id, status, video_key, duration_seconds,
    take_number, retakes_used, submitted_at, started_at) ON video_response TO parley_candidate;
GRANT UPDATE (status, video_key, duration_seconds, take_number, retakes_used, submitted_at, updated_at,
    transcript, transcript_status, transcript_data, transcript_problem, ai_insights) ON video_response TO parley_candidate;
GRANT SELECT, INSERT ON proctor_log TO parley_candidate;

GRANT SELECT ON async_interview, interview, evaluation, recording, video_response, proctor_log TO parley_service;
GRANT UPDATE (ai_analysis_status, ai_analyzed_at, updated_at) ON async_interview TO parley_service;
GRANT SELECT, INSERT ON blob TO parley_service;
GRANT UPDATE (status, size_bytes, stored_at) ON recording TO parley_service;
GRANT UPDATE (transcript, transcript_status, transcript_data, transcript_problem, ai_insights, updated_at)
    ON video_response TO parley_service;
GRANT INSERT ON proctor_log TO parley_service;

-- Begins a transaction on behalf of whoever holds an invitation. `writes` is false for what may
-- still be read after submission.
CREATE FUNCTION candidate_session(hash bytea, traceparent text, writes boolean) RETURNS void
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
        IF writes THEN
            RAISE EXCEPTION 'This interview was submitted and can no longer be changed.' USING ERRCODE = 'PA409';
        END IF;
    ELSIF held.status = 'EXPIRED' OR held.deadline_at <= now() THEN
        RAISE EXCEPTION 'The deadline of this interview has passed. If you need more time, write to %.',
            (SELECT email FROM account WHERE id = held.created_by_id) USING ERRCODE = 'PA410';
    END IF;
    PERFORM set_config('app.organization', held.organization_id::text, true),
        set_config('app.interview', held.id::text, true),
        set_config('app.traceparent', traceparent, true);
END $$;

-- The number of takes beyond the first.
CREATE FUNCTION retakes_allowed(policy text) RETURNS integer LANGUAGE sql IMMUTABLE AS $$
    SELECT array_position(ARRAY['ZERO', 'ONE', 'TWO', 'THREE'], policy) - 1
$$;

-- The status as of now: an interview whose deadline passed without submission has expired.
CREATE FUNCTION status_now(status text, deadline_at timestamptz) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN status IN ('SENT', 'OPENED', 'IN_PROGRESS') AND deadline_at <= now() THEN 'EXPIRED' ELSE status END
$$;

-- Each proctoring event with its severity: requirement "async", section 5. Tab switches are a
-- warning once there are more than three of them.
CREATE VIEW proctor_event WITH (security_invoker = true) AS
SELECT id, organization_id, async_interview_id, question_id, event_type, metadata, occurred_at,
    CASE
        WHEN event_type IN ('MULTIPLE_FACES', 'DEVTOOLS_OPEN', 'COPY_PASTE_ATTEMPT') THEN 'critical'
        WHEN event_type IN ('NO_FACE_DETECTED', 'FULLSCREEN_EXIT') THEN 'warning'
        WHEN event_type = 'TAB_SWITCH'
            AND count(*) FILTER (WHERE event_type = 'TAB_SWITCH') OVER (PARTITION BY async_interview_id) > 3 THEN 'warning'
        ELSE 'info'
    END AS severity
FROM proctor_log;

-- The counts and the risk level of one interview: requirement "async", section 5.
CREATE FUNCTION proctor_summary(interview uuid) RETURNS jsonb LANGUAGE sql STABLE AS $$
    SELECT jsonb_build_object(
        'totalEvents', total, 'critical', critical, 'warning', warning, 'info', info,
        'riskLevel', CASE WHEN critical > 0 THEN 'high' WHEN warning >= 3 OR info >= 5 THEN 'medium' ELSE 'low' END)
    FROM (
        SELECT count(*) AS total,
            count(*) FILTER (WHERE severity = 'critical') AS critical,
            count(*) FILTER (WHERE severity = 'warning') AS warning,
            count(*) FILTER (WHERE severity = 'info') AS info
        FROM proctor_event WHERE async_interview_id = interview) counted
$$;

-- Marks an interview analysed when it was submitted and every answer has insights, and says so
-- once. The row lock makes the last answer's analysis and the submission agree on who says it.
CREATE FUNCTION complete_analysis(interview uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM FROM async_interview
    WHERE id = interview AND organization_id = caller_organization() AND status IN ('SUBMITTED', 'REVIEWED') AND ai_analysis_status <> 'complete' FOR UPDATE;
    IF FOUND AND NOT EXISTS (
        SELECT FROM video_response WHERE async_interview_id = interview AND ai_insights IS NULL)
    THEN
        UPDATE async_interview SET ai_analysis_status = 'complete', ai_analyzed_at = now(), updated_at = now()
        WHERE id = interview;
        PERFORM emit('interview.ready', jsonb_build_object('interviewId', interview));
    END IF;
END $$;

GRANT SELECT ON proctor_event TO parley_recruiter;
GRANT EXECUTE ON FUNCTION status_now(text, timestamptz), proctor_summary(uuid) TO parley_recruiter;
GRANT EXECUTE ON FUNCTION retakes_allowed(text) TO parley_candidate;

RESET ROLE;
ALTER FUNCTION candidate_session(bytea, text, boolean) OWNER TO parley_gate;
ALTER FUNCTION complete_analysis(uuid) OWNER TO parley_gate;
GRANT EXECUTE ON FUNCTION candidate_session(bytea, text, boolean) TO parley_candidate;
GRANT EXECUTE ON FUNCTION complete_analysis(uuid) TO parley_candidate, parley_service;
