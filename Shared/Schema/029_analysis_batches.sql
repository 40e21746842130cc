-- An assessment's answers analysed again, all together: by a provider's batch, for half its price, where it has batches.

SET LOCAL ROLE parley_owner;

CREATE TABLE analysis_batch (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    organization_id uuid NOT NULL,
    assessment_id uuid NOT NULL,
    account_id uuid NOT NULL,
    -- WAITING for an engine to take it; SENT to a provider, under its `provider_batch_id`; ONE_BY_ONE where the engine
    -- has no batches: then each answer goes its own way; ENDED when every answer has a result or a reason for none.
    state text NOT NULL DEFAULT 'WAITING' CHECK (state IN ('WAITING', 'SENT', 'ONE_BY_ONE', 'ENDED')),
    provider text,
    model text,
    provider_batch_id text,
    created_at timestamptz NOT NULL DEFAULT now(),
    sent_at timestamptz,
    ended_at timestamptz,
    UNIQUE (organization_id, id),
    FOREIGN KEY (organization_id, assessment_id) REFERENCES assessment (organization_id, id) ON DELETE CASCADE,
    FOREIGN KEY (organization_id, account_id) REFERENCES account (organization_id, id)
);
CREATE INDEX analysis_batch_assessment ON analysis_batch (assessment_id, created_at DESC);

ALTER TABLE analysis_request
    ADD COLUMN batch_id uuid,
    -- The ledger's entry of what the provider was sent about this answer.
    ADD COLUMN ai_call_id uuid REFERENCES ai_call ON DELETE SET NULL,
    -- Of the text that was sent, as SHA-256 in hexadecimal digits.
    ADD COLUMN text_sha256 text,
    -- Why there will be no result, in a sentence.
    ADD COLUMN failure text,
    ADD FOREIGN KEY (organization_id, batch_id) REFERENCES analysis_batch (organization_id, id) ON DELETE CASCADE;
CREATE INDEX analysis_request_batch ON analysis_request (batch_id) WHERE batch_id IS NOT NULL;
CREATE INDEX analysis_result_request ON analysis_result (request_id) WHERE request_id IS NOT NULL;

CALL isolate(ARRAY['analysis_batch']::regclass[]);
CREATE POLICY own_name ON analysis_batch AS RESTRICTIVE FOR INSERT TO parley_recruiter
    WITH CHECK (account_id = (SELECT caller_account()));
GRANT SELECT, INSERT ON analysis_batch TO parley_recruiter;
GRANT SELECT, UPDATE (state, provider, model, provider_batch_id, sent_at, ended_at) ON analysis_batch TO parley_service;
GRANT UPDATE (failure) ON analysis_request TO parley_service;
GRANT SELECT, UPDATE (ai_call_id, text_sha256) ON analysis_request TO parley_gate;

-- Whether somebody asked for an answer to be analysed again and the result is still to come. What goes by itself has
-- come, or failed, within an hour.
CREATE FUNCTION is_analysis_under_way(response uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT FROM analysis_request a LEFT JOIN analysis_batch b ON b.id = a.batch_id
        WHERE a.video_response_id = response AND a.failure IS NULL
            AND (b.state IN ('WAITING', 'SENT') OR a.created_at > now() - interval '1 hour')
            AND NOT EXISTS (SELECT FROM analysis_result r WHERE r.request_id = a.id))
$$;

-- The answers of an assessment that can be analysed again, and why the others cannot.
CREATE FUNCTION answers_to_analyze(assessment uuid)
RETURNS TABLE (video_response_id uuid, hindrance text) LANGUAGE sql STABLE AS $$
    SELECT v.id, CASE
        WHEN v.analysis_status = 'declined' THEN 'DECLINED'
        WHEN v.transcript_status = 'failed' THEN 'NO_TRANSCRIPT'
        WHEN v.analysis_status = 'held' THEN 'HELD'
        WHEN v.analysis_status = 'pending' OR is_analysis_under_way(v.id) THEN 'UNDER_WAY'
        END
    FROM async_interview i JOIN video_response v ON v.async_interview_id = i.id
    WHERE i.assessment_id = assessment AND i.status IN ('SUBMITTED', 'REVIEWED')
    ORDER BY v.id
$$;
GRANT EXECUTE ON FUNCTION is_analysis_under_way(uuid), answers_to_analyze(uuid) TO parley_recruiter;

-- As begin_ai_call, for a request that carries many answers: `answers` has for each {requestId, videoResponseId,
-- inputSha256, schemaVersion, textSha256, most}. The budget must allow all of them. `call` is the request's own entry in
-- the ledger, which costs nothing; each answer has one, too.
CREATE FUNCTION begin_ai_batch(
    provider text, model text, prompt_name text, prompt_version integer, answers jsonb, patience interval,
    OUT verdict text, OUT call uuid, OUT retry_after integer, OUT detail text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    SELECT b.verdict, b.call, b.retry_after, b.detail INTO verdict, call, retry_after, detail
    FROM begin_ai_call('rating', NULL, provider, model, prompt_name, prompt_version, NULL,
        encode(sha256(convert_to(answers::text, 'UTF8')), 'hex'),
        (SELECT coalesce(sum((a ->> 'most')::bigint), 0)::bigint FROM jsonb_array_elements(answers) a), patience) b;
    IF verdict <> 'GO' THEN
        RETURN;
    END IF;
    UPDATE ai_call c SET reserved_micro_usd = 0 WHERE c.id = call;
    WITH answer AS MATERIALIZED (
        SELECT uuidv7() AS call_id, a.* FROM jsonb_to_recordset(answers) AS a(
            "requestId" uuid, "videoResponseId" uuid, "inputSha256" text, "schemaVersion" text, "textSha256" text, most bigint)),
    noted AS (
        INSERT INTO ai_call (id, organization_id, purpose, subject, provider, model, prompt_name, prompt_version,
            schema_version, input_sha256, reserved_micro_usd)
        SELECT call_id, caller_organization(), 'rating', "videoResponseId", begin_ai_batch.provider, begin_ai_batch.model,
            begin_ai_batch.prompt_name, begin_ai_batch.prompt_version, "schemaVersion", "inputSha256", most
        FROM answer)
    UPDATE analysis_request r SET ai_call_id = answer.call_id, text_sha256 = answer."textSha256"
    FROM answer WHERE r.id = answer."requestId";
END $$;

RESET ROLE;
ALTER FUNCTION begin_ai_batch(text, text, text, integer, jsonb, interval) OWNER TO parley_gate;
GRANT EXECUTE ON FUNCTION begin_ai_batch(text, text, text, integer, jsonb, interval) TO parley_service;
