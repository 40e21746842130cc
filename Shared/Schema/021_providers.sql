-- The engines of others: what organisations chose, what every call cost, and how the providers are.

SET LOCAL ROLE parley_owner;

-- What an organisation chose among the providers that the operator declared. No row: the offline engines.
CREATE TABLE ai_setting (
    organization_id uuid PRIMARY KEY REFERENCES organization ON DELETE CASCADE,
    language_model text,
    transcriber text,
    -- Null: no limit.
    monthly_budget_cents integer CHECK (monthly_budget_cents >= 0),
    -- Where the organisation is. In the EU, what concerns feelings is off until somebody turns it on.
    region text NOT NULL DEFAULT 'EU' CHECK (region IN ('EU', 'ELSEWHERE')),
    -- Whether the tone of wording is reported; null: as the region has it.
    wording_tone boolean,
    version integer NOT NULL DEFAULT 1,
    updated_at timestamptz NOT NULL DEFAULT now()
);

-- Every request to a provider, noted before it is sent: no text, no key, nobody's name.
CREATE TABLE ai_call (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    organization_id uuid NOT NULL REFERENCES organization ON DELETE CASCADE,
    at timestamptz NOT NULL DEFAULT now(),
    purpose text NOT NULL,
    -- The answer or résumé that it is about.
    subject uuid,
    provider text NOT NULL,
    model text NOT NULL,
    prompt_name text,
    prompt_version integer,
    schema_version text,
    input_sha256 text NOT NULL,
    -- PENDING while it is under way, and for good where the process ended meanwhile.
    outcome text NOT NULL DEFAULT 'PENDING' CHECK (outcome IN ('PENDING', 'ANSWERED', 'UNAVAILABLE', 'REFUSED', 'UNUSABLE')),
    -- What went wrong, in the words of this software.
    error text,
    attempts integer NOT NULL DEFAULT 0,
    request_id text,
    input_tokens integer NOT NULL DEFAULT 0,
    cached_tokens integer NOT NULL DEFAULT 0,
    output_tokens integer NOT NULL DEFAULT 0,
    audio_seconds double precision NOT NULL DEFAULT 0,
    -- Null while it is under way, and where the operator stated no price.
    cost_micro_usd bigint,
    -- Held back from the month's budget until the cost is known: the most it could be.
    reserved_micro_usd bigint NOT NULL,
    finished_at timestamptz
);
CREATE INDEX ai_call_month ON ai_call (organization_id, at);
CREATE INDEX ai_call_subject ON ai_call (subject);

-- Work that waits for a provider, since when.
CREATE TABLE ai_wait (
    organization_id uuid NOT NULL REFERENCES organization ON DELETE CASCADE,
    purpose text NOT NULL,
    subject uuid NOT NULL,
    since timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (organization_id, purpose, subject)
);

CALL isolate(ARRAY['ai_setting', 'ai_call', 'ai_wait']::regclass[]);
CREATE POLICY administrators ON ai_call AS RESTRICTIVE FOR SELECT TO parley_recruiter USING ((SELECT is_administrator()));
GRANT SELECT ON ai_setting TO parley_recruiter, parley_service;
GRANT INSERT (organization_id, language_model, transcriber, monthly_budget_cents, region, wording_tone),
    UPDATE (language_model, transcriber, monthly_budget_cents, region, wording_tone, version, updated_at)
    ON ai_setting TO parley_recruiter;
CREATE POLICY administrators_insert ON ai_setting AS RESTRICTIVE FOR INSERT TO parley_recruiter WITH CHECK ((SELECT is_administrator()));
CREATE POLICY administrators_update ON ai_setting AS RESTRICTIVE FOR UPDATE TO parley_recruiter USING ((SELECT is_administrator()));
GRANT SELECT ON ai_call, ai_wait TO parley_recruiter, parley_service;

-- How a provider is. One row for all organisations and processes: a circuit breaker.
CREATE TABLE ai_provider (
    name text PRIMARY KEY,
    -- In a row, since the last success.
    failures integer NOT NULL DEFAULT 0,
    -- Rests in a row, since the last success.
    rests integer NOT NULL DEFAULT 0,
    -- Until then nobody calls it; then one call tries.
    resting_until timestamptz,
    -- Until then that one call may take.
    trial_until timestamptz,
    -- Why nothing will work until a person acts.
    stop text CHECK (stop IN ('SPEND_CAP', 'KEY_REFUSED', 'MODEL_MISSING')),
    last_error text,
    last_error_at timestamptz,
    last_success_at timestamptz,
    -- The rung of the ladder of answer formats that worked last.
    rung integer NOT NULL DEFAULT 0
);
ALTER TABLE ai_provider ENABLE ROW LEVEL SECURITY;
ALTER TABLE ai_provider FORCE ROW LEVEL SECURITY;
-- How the installation's providers are, is for every organisation to know, and for nobody else.
CREATE POLICY everyone ON ai_provider FOR SELECT USING ((SELECT caller_organization()) IS NOT NULL);
GRANT SELECT ON ai_provider TO parley_recruiter, parley_service;

CREATE POLICY gate ON ai_setting FOR SELECT TO parley_gate USING (true);
-- Locking a row for the budget needs the right to change it.
CREATE POLICY gate_lock ON ai_setting FOR UPDATE TO parley_gate USING (true) WITH CHECK (false);
CREATE POLICY gate ON ai_call TO parley_gate USING (organization_id = caller_organization());
CREATE POLICY gate ON ai_wait TO parley_gate USING (organization_id = caller_organization());
CREATE POLICY gate ON ai_provider TO parley_gate USING (true);
GRANT SELECT, UPDATE (version) ON ai_setting TO parley_gate;
GRANT SELECT, INSERT, UPDATE ON ai_call TO parley_gate;
GRANT SELECT, INSERT, DELETE ON ai_wait TO parley_gate;
GRANT SELECT, INSERT, UPDATE ON ai_provider TO parley_gate;

-- Asks whether a call may be made, and notes it if so. Of calls at once, each sees what the others hold back from the
-- budget; of those that meet a provider whose rest is over, one tries it.
-- `verdict`: GO, OVER_BUDGET, or RESTING for `retry_after` seconds because of `detail`.
CREATE FUNCTION begin_ai_call(
    purpose text, subject uuid, provider text, model text, prompt_name text, prompt_version integer, schema_version text,
    input_sha256 text, reserved bigint, patience interval,
    OUT verdict text, OUT call uuid, OUT retry_after integer, OUT detail text, OUT rung integer)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    budget bigint;
    state ai_provider;
BEGIN
    SELECT s.monthly_budget_cents * 10000::bigint INTO budget FROM ai_setting s
    WHERE s.organization_id = caller_organization() FOR UPDATE;
    IF budget IS NOT NULL AND reserved > 0 AND reserved + (
        SELECT coalesce(sum(coalesce(c.cost_micro_usd, c.reserved_micro_usd)), 0) FROM ai_call c
        WHERE c.organization_id = caller_organization() AND c.at >= date_trunc('month', now())) > budget
    THEN
        verdict := 'OVER_BUDGET';
        RETURN;
    END IF;
    INSERT INTO ai_provider (name) VALUES (provider) ON CONFLICT DO NOTHING;
    SELECT * INTO state FROM ai_provider p WHERE p.name = provider FOR UPDATE;
    rung := state.rung;
    IF state.resting_until > now() OR state.trial_until > now() THEN
        verdict := 'RESTING';
        retry_after := ceil(extract(epoch FROM greatest(state.resting_until, state.trial_until) - now()));
        detail := state.last_error;
        RETURN;
    END IF;
    IF state.resting_until IS NOT NULL THEN
        UPDATE ai_provider p SET trial_until = now() + patience WHERE p.name = provider;
    END IF;
    verdict := 'GO';
    INSERT INTO ai_call (organization_id, purpose, subject, provider, model, prompt_name, prompt_version, schema_version,
        input_sha256, reserved_micro_usd)
    VALUES (caller_organization(), purpose, subject, provider, model, prompt_name, prompt_version, schema_version,
        input_sha256, reserved)
    RETURNING id INTO call;
END $$;

-- Notes what came of a call and how its provider is now: 'UP', 'DOWN', 'STOPPED' (for `stop`), or null where the call says
-- nothing about it. A stop is told to the administrators of every organisation that chose the provider.
CREATE FUNCTION finish_ai_call(
    call uuid, outcome text, error text, model text, attempts integer, request_id text, input_tokens integer,
    cached_tokens integer, output_tokens integer, audio_seconds double precision, cost bigint,
    health text, stop text, failures_to_rest integer, rest interval, rung integer)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    made ai_call;
    state ai_provider;
    own uuid := caller_organization();
BEGIN
    UPDATE ai_call c SET outcome = finish_ai_call.outcome, error = finish_ai_call.error, model = finish_ai_call.model,
        attempts = finish_ai_call.attempts, request_id = finish_ai_call.request_id,
        input_tokens = finish_ai_call.input_tokens, cached_tokens = finish_ai_call.cached_tokens,
        output_tokens = finish_ai_call.output_tokens, audio_seconds = finish_ai_call.audio_seconds, cost_micro_usd = cost,
        reserved_micro_usd = 0, finished_at = now()
    WHERE c.id = call AND c.outcome = 'PENDING' RETURNING * INTO made;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    SELECT * INTO state FROM ai_provider p WHERE p.name = made.provider FOR UPDATE;
    IF health = 'UP' THEN
        UPDATE ai_provider p SET failures = 0, rests = 0, resting_until = NULL, trial_until = NULL, stop = NULL,
            last_success_at = now(), rung = coalesce(finish_ai_call.rung, p.rung)
        WHERE p.name = made.provider;
    ELSIF health IS NOT NULL THEN
        UPDATE ai_provider p SET failures = p.failures + 1, last_error = finish_ai_call.error, last_error_at = now(),
            stop = finish_ai_call.stop, trial_until = NULL
        WHERE p.name = made.provider;
        -- Calls that were under way when the rest began do not prolong it.
        IF (health = 'STOPPED' OR state.failures + 1 >= failures_to_rest) AND coalesce(state.resting_until <= now(), true) THEN
            UPDATE ai_provider p SET rests = p.rests + 1, resting_until = now() + rest * (1 << least(p.rests, 5))
            WHERE p.name = made.provider;
        END IF;
        IF health = 'STOPPED' AND state.stop IS DISTINCT FROM finish_ai_call.stop THEN
            PERFORM set_config('app.organization', a.organization_id::text, true),
                emit('engine.stopped', jsonb_build_object('provider', made.provider, 'accountId', a.id))
            FROM account a JOIN ai_setting s USING (organization_id)
            WHERE a.role = 'ADMIN' AND made.provider IN (s.language_model, s.transcriber);
            PERFORM set_config('app.organization', own::text, true);
        END IF;
    ELSE
        UPDATE ai_provider p SET trial_until = NULL WHERE p.name = made.provider;
    END IF;
END $$;

-- Notes that work waits for its provider, and since when. The first time, the function that waits is called once more for
-- when it has waited for `patience`.
CREATE FUNCTION begin_ai_wait(purpose text, subject uuid, topic text, data jsonb, patience interval)
RETURNS TABLE (since timestamptz, is_over boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
BEGIN
    INSERT INTO ai_wait (organization_id, purpose, subject)
    VALUES (caller_organization(), begin_ai_wait.purpose, begin_ai_wait.subject) ON CONFLICT DO NOTHING;
    IF FOUND AND topic IS NOT NULL THEN
        PERFORM emit(begin_ai_wait.topic, begin_ai_wait.data, now() + patience);
    END IF;
    RETURN QUERY SELECT w.since, w.since + patience <= now() FROM ai_wait w
    WHERE w.organization_id = caller_organization() AND w.purpose = begin_ai_wait.purpose AND w.subject = begin_ai_wait.subject;
END $$;

CREATE FUNCTION end_ai_wait(purpose text, subject uuid) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    DELETE FROM ai_wait w WHERE w.organization_id = caller_organization() AND w.purpose = end_ai_wait.purpose
        AND w.subject = end_ai_wait.subject
$$;

RESET ROLE;
ALTER FUNCTION begin_ai_call(text, uuid, text, text, text, integer, text, text, bigint, interval) OWNER TO parley_gate;
ALTER FUNCTION finish_ai_call(uuid, text, text, text, integer, text, integer, integer, integer, double precision, bigint,
    text, text, integer, interval, integer) OWNER TO parley_gate;
ALTER FUNCTION begin_ai_wait(text, uuid, text, jsonb, interval) OWNER TO parley_gate;
ALTER FUNCTION end_ai_wait(text, uuid) OWNER TO parley_gate;
GRANT EXECUTE ON FUNCTION begin_ai_call(text, uuid, text, text, text, integer, text, text, bigint, interval),
    finish_ai_call(uuid, text, text, text, integer, text, integer, integer, integer, double precision, bigint,
        text, text, integer, interval, integer),
    begin_ai_wait(text, uuid, text, jsonb, interval), end_ai_wait(text, uuid) TO parley_recruiter, parley_service;
