-- Every analysis of an answer with how it came about; analyses asked for again; an interview's ratings together; and
-- that nothing is sent to an engine which a candidate refused.

SET LOCAL ROLE parley_owner;

-- ---- Results ------------------------------------------------------------------------------

-- A recruiter asked for an answer to be analysed once more.
CREATE TABLE analysis_request (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    organization_id uuid NOT NULL,
    video_response_id uuid NOT NULL,
    account_id uuid NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    FOREIGN KEY (organization_id, video_response_id) REFERENCES video_response (organization_id, id) ON DELETE CASCADE,
    FOREIGN KEY (organization_id, account_id) REFERENCES account (organization_id, id)
);
CREATE INDEX analysis_request_answer ON analysis_request (video_response_id, created_at DESC);

-- One analysis of one answer. Rows are only ever added; the newest is what `video_response.ai_insights` shows. When the
-- candidate refuses analysis later, what it found goes and that it happened stays.
CREATE TABLE analysis_result (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    organization_id uuid NOT NULL,
    video_response_id uuid NOT NULL,
    -- Null for the analysis that comes by itself.
    request_id uuid REFERENCES analysis_request ON DELETE CASCADE,
    -- As module Analysis writes it; null once it was refused.
    insights jsonb,
    method text NOT NULL CHECK (method IN ('rule', 'model')),
    engine_name text NOT NULL,
    engine_version text NOT NULL,
    -- Of what was read: the answer's text, as SHA-256 in hexadecimal digits.
    text_sha256 text NOT NULL,
    -- From here on null for rules: of all samples together, and of one where they are all alike.
    model text,
    prompt_name text,
    prompt_version integer,
    schema_version text,
    -- Of what the model was asked.
    input_sha256 text,
    attempts integer,
    request_ids text[],
    cost_micro_usd bigint,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    withdrawn_at timestamptz,
    FOREIGN KEY (organization_id, video_response_id) REFERENCES video_response (organization_id, id) ON DELETE CASCADE
);
CREATE INDEX analysis_result_answer ON analysis_result (video_response_id, created_at DESC);

CALL isolate(ARRAY['analysis_request', 'analysis_result']::regclass[]);
CREATE POLICY own_name ON analysis_request AS RESTRICTIVE FOR INSERT TO parley_recruiter
    WITH CHECK (account_id = (SELECT caller_account()));
GRANT SELECT, INSERT ON analysis_request TO parley_recruiter;
GRANT SELECT ON analysis_request TO parley_service;
GRANT SELECT ON analysis_result TO parley_recruiter, parley_gate;
GRANT SELECT, INSERT ON analysis_result TO parley_service;
GRANT UPDATE (insights, withdrawn_at) ON analysis_result TO parley_gate;

-- Keeps a result; how a model came to it is read from the samples themselves.
CREATE FUNCTION keep_analysis(response uuid, request uuid, insights jsonb, text_sha256 text) RETURNS void
LANGUAGE sql AS $$
    INSERT INTO analysis_result (
        organization_id, video_response_id, request_id, insights, method, engine_name, engine_version, text_sha256,
        model, prompt_name, prompt_version, schema_version, input_sha256, attempts, request_ids, cost_micro_usd)
    SELECT caller_organization(), response, request, insights, engine ->> 'method', engine ->> 'name', engine ->> 'version',
        text_sha256, min(origin ->> 'model'), min(origin ->> 'promptName'), min((origin ->> 'promptVersion')::integer),
        min(origin ->> 'schemaVersion'), min(origin ->> 'inputSHA256'), sum((origin ->> 'attempts')::integer),
        array_agg(origin ->> 'requestId') FILTER (WHERE origin ->> 'requestId' IS NOT NULL), sum((origin ->> 'costMicroUSD')::bigint)
    FROM (SELECT insights -> 'engine' AS engine) made
    LEFT JOIN jsonb_path_query(insights, 'strict $.rating.samples[*].origin ? (@ != null)', '{}', true) AS origin ON true
    GROUP BY engine
$$;
GRANT EXECUTE ON FUNCTION keep_analysis(uuid, uuid, jsonb, text) TO parley_service;

-- ---- An interview's ratings together --------------------------------------------------------

-- The engine's scores with how many there are and how far apart; null where there is no basis. They are not part of
-- what people's scores come to.
ALTER TABLE async_interview ADD COLUMN ai_summary jsonb;

CREATE FUNCTION ai_summary(interview uuid) RETURNS jsonb LANGUAGE sql STABLE AS $$
    WITH rated AS (
        SELECT k.name, (v.ai_insights ->> 'suggestedScore')::integer AS score
        FROM video_response v JOIN question q ON q.id = v.question_id JOIN competency k ON k.id = q.competency_id
        WHERE v.async_interview_id = interview AND v.ai_insights IS NOT NULL)
    SELECT jsonb_build_object(
        'overallScore', avg(score), 'answers', count(*), 'scored', count(score), 'lowest', min(score), 'highest', max(score),
        'competencies', (SELECT coalesce(jsonb_agg(jsonb_build_object(
                'competency', name, 'averageScore', average, 'answers', answers, 'scored', scored, 'lowest', lowest, 'highest', highest)
                ORDER BY name), '[]')
            FROM (SELECT name, avg(score) AS average, count(*) AS answers, count(score) AS scored, min(score) AS lowest,
                    max(score) AS highest FROM rated GROUP BY name) grouped))
    FROM rated
$$;
GRANT EXECUTE ON FUNCTION ai_summary(uuid) TO parley_recruiter, parley_service, parley_gate;

-- Whoever changes an answer has locked its interview before.
CREATE FUNCTION save_ai_summary() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before text := coalesce(current_setting('app.organization', true), '');
BEGIN
    -- The owner of everything may come without a session, and goes on without one.
    PERFORM set_config('app.organization', NEW.organization_id::text, true);
    UPDATE async_interview SET ai_summary = ai_summary(NEW.async_interview_id) WHERE id = NEW.async_interview_id;
    PERFORM set_config('app.organization', before, true);
    RETURN NULL;
END $$;
CREATE TRIGGER save_ai_summary AFTER UPDATE ON video_response FOR EACH ROW
    WHEN (OLD.ai_insights IS DISTINCT FROM NEW.ai_insights) EXECUTE FUNCTION save_ai_summary();
GRANT UPDATE (ai_summary) ON async_interview TO parley_gate;
GRANT SELECT ON question, competency TO parley_gate;

-- ---- What was refused -----------------------------------------------------------------------

-- What a choice was at a moment: that of the newest receipt until then, granted without one.
CREATE FUNCTION consent_at(interview uuid, purpose text, moment timestamptz) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT coalesce((
        SELECT granted FROM consent_receipt r
        WHERE r.async_interview_id = interview AND r.purpose = consent_at.purpose AND r.given_at <= moment
        ORDER BY given_at DESC, id DESC LIMIT 1), true)
$$;

-- The purposes that somebody must agree to before an engine may do this with an answer.
CREATE FUNCTION consents_needed(work text, is_written boolean) RETURNS text[] LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN work = 'transcription' THEN ARRAY['TRANSCRIPTION']
        WHEN is_written THEN ARRAY['ANALYSIS'] ELSE ARRAY['TRANSCRIPTION', 'ANALYSIS'] END
$$;
GRANT EXECUTE ON FUNCTION consents_needed(text, boolean) TO parley_service, parley_gate;

-- A call to a provider is noted before it is made, and here refused for what the candidate refused. The lock puts it
-- before or after a choice that is being made, never beside it: then times tell which came first.
CREATE FUNCTION require_consent_for_call() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    answer video_response;
BEGIN
    SELECT * INTO answer FROM video_response v WHERE v.id = NEW.subject;
    IF NOT FOUND THEN
        RETURN NEW;
    END IF;
    PERFORM FROM async_interview WHERE id = answer.async_interview_id FOR SHARE;
    IF EXISTS (
        SELECT FROM unnest(consents_needed(NEW.purpose, answer.text_answer IS NOT NULL)) AS purpose
        WHERE NOT consent_given(answer.async_interview_id, purpose))
    THEN
        RAISE EXCEPTION 'The candidate refused that an engine reads this answer.' USING ERRCODE = 'PA409';
    END IF;
    NEW.at := clock_timestamp();
    RETURN NEW;
END $$;
CREATE TRIGGER require_consent BEFORE INSERT ON ai_call FOR EACH ROW EXECUTE FUNCTION require_consent_for_call();

CREATE FUNCTION require_consent_for_result() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM video_response v WHERE v.id = NEW.video_response_id AND v.analysis_status = 'declined') THEN
        RAISE EXCEPTION 'The candidate refused that an engine reads this answer.' USING ERRCODE = 'PA409';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER require_consent BEFORE INSERT ON analysis_result FOR EACH ROW EXECUTE FUNCTION require_consent_for_result();

-- What was found goes when it is refused.
CREATE FUNCTION withdraw_analysis() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE analysis_result SET insights = NULL, withdrawn_at = now()
    WHERE video_response_id = NEW.id AND withdrawn_at IS NULL;
    RETURN NULL;
END $$;
CREATE TRIGGER withdraw_analysis AFTER UPDATE ON video_response FOR EACH ROW
    WHEN (NEW.analysis_status = 'declined' AND OLD.analysis_status <> 'declined') EXECUTE FUNCTION withdraw_analysis();

-- For auditors: every call to a provider and every result that was made of an answer after it had been refused.
-- There should never be one.
CREATE VIEW consent_violation WITH (security_invoker = true) AS
SELECT v.organization_id, v.async_interview_id, v.id AS video_response_id, work.kind, work.id, work.purpose, work.at
FROM video_response v
JOIN (
    SELECT 'call' AS kind, id, subject, purpose, at FROM ai_call
    UNION ALL SELECT 'result', id, video_response_id, 'rating', created_at FROM analysis_result) work ON work.subject = v.id
WHERE EXISTS (
    SELECT FROM unnest(consents_needed(work.purpose, v.text_answer IS NOT NULL)) AS needed
    WHERE NOT consent_at(v.async_interview_id, needed, work.at));

RESET ROLE;
ALTER FUNCTION save_ai_summary() OWNER TO parley_gate;
ALTER FUNCTION withdraw_analysis() OWNER TO parley_gate;
