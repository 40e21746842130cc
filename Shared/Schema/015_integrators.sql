-- What programs of others rely on: answers that are given again to a request that is sent again,
-- and events that are sent to an organisation's own addresses.

SET LOCAL ROLE parley_owner;

-- ---- Idempotency-Key -------------------------------------------------------------------

-- What was answered under a key, for a day. A row without an answer is seen by nobody: the answer
-- comes in the same transaction, with the effects of the request.
CREATE TABLE kept_answer (
    -- The account or the interview whose key it is.
    holder uuid NOT NULL,
    key text NOT NULL,
    organization_id uuid NOT NULL REFERENCES organization ON DELETE CASCADE,
    -- SHA-256 of the request.
    request bytea NOT NULL,
    -- Sealed with the installation's secret.
    answer text,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (holder, key)
);
CREATE INDEX kept_answer_oldest ON kept_answer (created_at);
CALL isolate(ARRAY['kept_answer']::regclass[]);
CREATE POLICY gate ON kept_answer TO parley_gate USING (true);
GRANT SELECT, INSERT, UPDATE (answer), DELETE ON kept_answer TO parley_gate;

-- Begins a transaction on behalf of whoever holds an invitation, for looking up what was answered to them.
CREATE FUNCTION invitation_holder(hash bytea) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    held async_interview;
BEGIN
    SELECT * INTO held FROM async_interview WHERE invitation_token_hash = hash;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'This interview link is not valid. Please check that it was copied whole.' USING ERRCODE = 'PA401';
    END IF;
    PERFORM set_config('app.organization', held.organization_id::text, true),
        set_config('app.interview', held.id::text, true);
END $$;

-- Takes a key for the caller's request. No row: it is new. Otherwise what was answered under it,
-- and whether to the same request. A transaction that has just taken the key is waited for.
CREATE FUNCTION take_key(key text, request bytea) RETURNS TABLE (is_same boolean, answer text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE
    caller uuid := coalesce(caller_account(), caller_interview());
BEGIN
    DELETE FROM kept_answer k
    WHERE k.holder = caller AND k.key = take_key.key AND k.created_at <= now() - interval '24 hours';
    INSERT INTO kept_answer (holder, key, organization_id, request)
    VALUES (caller, take_key.key, caller_organization(), take_key.request) ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN
        RETURN QUERY SELECT k.request = take_key.request, k.answer FROM kept_answer k
        WHERE k.holder = caller AND k.key = take_key.key;
    END IF;
END $$;

CREATE FUNCTION keep_answer(key text, answer text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    UPDATE kept_answer k SET answer = keep_answer.answer
    WHERE k.holder = coalesce(caller_account(), caller_interview()) AND k.key = keep_answer.key
$$;

RESET ROLE;
ALTER FUNCTION invitation_holder(bytea) OWNER TO parley_gate;
ALTER FUNCTION take_key(text, bytea) OWNER TO parley_gate;
ALTER FUNCTION keep_answer(text, text) OWNER TO parley_gate;
GRANT EXECUTE ON FUNCTION invitation_holder(bytea) TO parley_candidate;
GRANT EXECUTE ON FUNCTION take_key(text, bytea), keep_answer(text, text) TO parley_recruiter, parley_candidate;
