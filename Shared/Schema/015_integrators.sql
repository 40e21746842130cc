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

-- ---- Webhooks --------------------------------------------------------------------------

SET LOCAL ROLE parley_owner;

CREATE FUNCTION is_administrator() RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT FROM account WHERE id = caller_account() AND role = 'ADMIN')
$$;

-- Begins a transaction on behalf of whoever holds the session of an administrator.
CREATE FUNCTION administrator_session(hash bytea, traceparent text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM recruiter_session(hash, traceparent);
    IF NOT is_administrator() THEN
        RAISE EXCEPTION 'This is for the administrators of your organisation.' USING ERRCODE = 'PA403';
    END IF;
END $$;

-- An address of an organisation that is told of its events.
CREATE TABLE webhook_endpoint (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    organization_id uuid NOT NULL REFERENCES organization ON DELETE CASCADE,
    url text NOT NULL,
    description text NOT NULL DEFAULT '',
    event_types text[] NOT NULL CHECK (cardinality(event_types) > 0),
    enabled boolean NOT NULL DEFAULT true,
    -- Why it is off, when nobody switched it off.
    disabled_reason text CHECK (disabled_reason IN ('FAILING', 'GONE')),
    -- The first failure since the last success.
    failing_since timestamptz,
    -- The secret itself is nowhere: it follows from the installation's, the id and this number.
    secret_version integer NOT NULL DEFAULT 1,
    -- Until then the secret before signs too.
    previous_secret_until timestamptz,
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (organization_id, id)
);

-- One event for one endpoint.
CREATE TABLE webhook_delivery (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    organization_id uuid NOT NULL,
    endpoint_id uuid NOT NULL,
    event_type text NOT NULL,
    data jsonb NOT NULL,
    traceparent text,
    state text NOT NULL DEFAULT 'PENDING' CHECK (state IN ('PENDING', 'DELIVERED', 'FAILED')),
    -- Since it was queued, or queued again.
    attempts integer NOT NULL DEFAULT 0,
    -- As in `delivery`: when it is due, and while a courier works on it, when its lease ends.
    run_at timestamptz NOT NULL DEFAULT now(),
    lease_token uuid,
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (organization_id, id),
    FOREIGN KEY (organization_id, endpoint_id) REFERENCES webhook_endpoint (organization_id, id) ON DELETE CASCADE
);
CREATE INDEX webhook_delivery_due ON webhook_delivery (run_at) WHERE state = 'PENDING';
CREATE INDEX webhook_delivery_pending ON webhook_delivery (endpoint_id) WHERE state = 'PENDING';
CREATE INDEX webhook_delivery_newest ON webhook_delivery (endpoint_id, created_at DESC, id DESC);
CREATE INDEX webhook_delivery_oldest ON webhook_delivery (created_at) WHERE state <> 'PENDING';

-- What came of each try. What receivers say besides the status is not kept.
CREATE TABLE webhook_attempt (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    organization_id uuid NOT NULL,
    delivery_id uuid NOT NULL,
    -- When it ended.
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    -- Null when no answer came.
    status integer,
    -- Null for a success; see NetworkError.Code.
    error text,
    milliseconds integer NOT NULL,
    FOREIGN KEY (organization_id, delivery_id) REFERENCES webhook_delivery (organization_id, id) ON DELETE CASCADE
);
CREATE INDEX webhook_attempt_delivery ON webhook_attempt (delivery_id);

CALL isolate(ARRAY['webhook_endpoint', 'webhook_delivery', 'webhook_attempt']::regclass[]);
CREATE POLICY administrators ON webhook_endpoint AS RESTRICTIVE TO parley_recruiter USING ((SELECT is_administrator()));
CREATE POLICY administrators ON webhook_delivery AS RESTRICTIVE TO parley_recruiter USING ((SELECT is_administrator()));
CREATE POLICY administrators ON webhook_attempt AS RESTRICTIVE TO parley_recruiter USING ((SELECT is_administrator()));
GRANT SELECT, DELETE ON webhook_endpoint TO parley_recruiter;
GRANT INSERT (organization_id, url, description, event_types),
    UPDATE (url, description, event_types, enabled, disabled_reason, failing_since, secret_version, previous_secret_until,
        version, updated_at) ON webhook_endpoint TO parley_recruiter;
GRANT SELECT ON webhook_delivery, webhook_attempt TO parley_recruiter;
GRANT INSERT (organization_id, endpoint_id, event_type, data, traceparent), UPDATE (state, attempts, run_at)
    ON webhook_delivery TO parley_recruiter;
GRANT EXECUTE ON FUNCTION is_administrator(), administrator_session(bytea, text) TO parley_recruiter;

GRANT SELECT (id, organization_id, url, enabled, disabled_reason, failing_since) ON webhook_endpoint TO parley_service;

CREATE POLICY gate ON webhook_endpoint TO parley_gate USING (true);
CREATE POLICY gate ON webhook_delivery TO parley_gate USING (true);
CREATE POLICY gate ON webhook_attempt TO parley_gate USING (true);
GRANT SELECT, UPDATE ON webhook_endpoint TO parley_gate;
GRANT SELECT, INSERT, UPDATE, DELETE ON webhook_delivery TO parley_gate;
GRANT INSERT ON webhook_attempt TO parley_gate;

-- An endpoint as answers show it.
CREATE VIEW shown_webhook_endpoint WITH (security_invoker = true) AS
SELECT id, url, description, to_json(event_types) AS event_types, enabled, disabled_reason, failing_since,
    CASE WHEN previous_secret_until > now() THEN previous_secret_until END AS previous_secret_until,
    (SELECT max(created_at) FROM webhook_delivery d WHERE d.endpoint_id = e.id AND d.state = 'DELIVERED') AS last_delivered_at,
    version, secret_version, created_at, updated_at
FROM webhook_endpoint e;
GRANT SELECT ON shown_webhook_endpoint TO parley_recruiter;

-- Queues an event for the endpoints that ask for it. They are told which interview, candidate and
-- assessment by their ids, and nothing else about a person.
CREATE FUNCTION queue_webhooks() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    wanted text := CASE NEW.topic WHEN 'invitation.sent' THEN 'interview.sent' ELSE NEW.topic END;
BEGIN
    INSERT INTO webhook_delivery (organization_id, endpoint_id, event_type, data, traceparent, created_at)
    SELECT NEW.organization_id, e.id, wanted, jsonb_strip_nulls(jsonb_build_object(
        'organizationId', NEW.organization_id, 'interviewId', i.id, 'candidateId', i.candidate_id,
        'assessmentId', i.assessment_id, 'status', i.status,
        'reviewerId', NEW.data -> 'reviewerId', 'recommendation', NEW.data -> 'recommendation')),
        NEW.traceparent, NEW.created_at
    FROM webhook_endpoint e
    JOIN async_interview i ON i.organization_id = NEW.organization_id AND i.id = (NEW.data ->> 'interviewId')::uuid
    WHERE e.organization_id = NEW.organization_id AND e.enabled AND wanted = ANY (e.event_types);
    IF FOUND THEN
        PERFORM pg_notify('webhook', '');
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER queue_webhooks AFTER INSERT ON event FOR EACH ROW
    WHEN (NEW.topic = 'invitation.sent' OR NEW.topic LIKE 'interview.%') EXECUTE FUNCTION queue_webhooks();
CREATE INDEX webhook_endpoint_organization ON webhook_endpoint (organization_id);

-- Leases a delivery that is due, if there is one. An endpoint gets one at a time, so that a slow
-- one holds up nobody else. What is tried out goes to an endpoint that is off, too.
CREATE FUNCTION lease_webhook(lease interval) RETURNS TABLE (
    id uuid, lease_token uuid, attempts integer, event_type text, data text, traceparent text, created_at timestamptz,
    endpoint_id uuid, url text, secret_version integer, has_previous_secret boolean)
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    UPDATE webhook_delivery d SET attempts = d.attempts + 1, lease_token = gen_random_uuid(), run_at = now() + lease
    FROM webhook_endpoint e
    WHERE e.id = d.endpoint_id AND d.id = (
        SELECT due.id FROM webhook_delivery due JOIN webhook_endpoint w ON w.id = due.endpoint_id
        WHERE due.state = 'PENDING' AND due.run_at <= now() AND (w.enabled OR due.event_type = 'webhook.test')
            AND NOT EXISTS (
                SELECT FROM webhook_delivery busy
                WHERE busy.endpoint_id = w.id AND busy.state = 'PENDING' AND busy.lease_token IS NOT NULL AND busy.run_at > now())
        ORDER BY due.run_at, due.id LIMIT 1 FOR NO KEY UPDATE OF due, w SKIP LOCKED)
    RETURNING d.id, d.lease_token, d.attempts, d.event_type, d.data::text, d.traceparent, d.created_at,
        e.id, e.url, e.secret_version, coalesce(e.previous_secret_until > now(), false)
$$;

-- How many seconds there are until one may be due; null when nothing waits.
CREATE FUNCTION seconds_to_next_webhook() RETURNS double precision
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT extract(epoch FROM min(d.run_at) - clock_timestamp())::double precision
    FROM webhook_delivery d JOIN webhook_endpoint e ON e.id = d.endpoint_id
    WHERE d.state = 'PENDING' AND (e.enabled OR d.event_type = 'webhook.test') AND NOT EXISTS (
        SELECT FROM webhook_delivery busy
        WHERE busy.endpoint_id = e.id AND busy.state = 'PENDING' AND busy.lease_token IS NOT NULL AND busy.run_at > now())
$$;

-- Notes what came of an attempt, as long as the lease is the caller's. An endpoint that says it is
-- gone, or that took nothing for `patience`, is switched off, and the administrators are told.
-- `verdict`: DELIVERED, AGAIN after `delay`, FAILED, or GONE.
CREATE FUNCTION finish_webhook(
    delivery uuid, token uuid, verdict text, status integer, error text, milliseconds integer, delay interval, patience interval)
RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    tried webhook_delivery;
BEGIN
    UPDATE webhook_delivery d
    SET state = CASE verdict WHEN 'AGAIN' THEN 'PENDING' WHEN 'DELIVERED' THEN 'DELIVERED' ELSE 'FAILED' END,
        run_at = now() + delay, lease_token = NULL
    WHERE d.id = delivery AND d.lease_token = token
    RETURNING * INTO tried;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    INSERT INTO webhook_attempt (organization_id, delivery_id, status, error, milliseconds)
    VALUES (tried.organization_id, tried.id, finish_webhook.status, finish_webhook.error, finish_webhook.milliseconds);
    IF verdict = 'DELIVERED' THEN
        UPDATE webhook_endpoint e SET failing_since = NULL WHERE e.id = tried.endpoint_id AND e.failing_since IS NOT NULL;
    ELSE
        UPDATE webhook_endpoint e SET failing_since = coalesce(e.failing_since, now()) WHERE e.id = tried.endpoint_id;
        UPDATE webhook_endpoint e
        SET enabled = false, disabled_reason = CASE verdict WHEN 'GONE' THEN 'GONE' ELSE 'FAILING' END,
            version = e.version + 1, updated_at = now()
        WHERE e.id = tried.endpoint_id AND e.enabled AND (verdict = 'GONE' OR e.failing_since <= now() - patience);
        IF FOUND THEN
            PERFORM set_config('app.organization', tried.organization_id::text, true),
                set_config('app.traceparent', coalesce(tried.traceparent, ''), true);
            PERFORM emit('webhook.switched-off', jsonb_build_object('endpointId', tried.endpoint_id, 'accountId', a.id))
            FROM account a WHERE a.organization_id = tried.organization_id AND a.role = 'ADMIN';
        END IF;
    END IF;
    PERFORM pg_notify('webhook', '');
    RETURN true;
END $$;

-- Removes what was kept for its time: answers for a day, what came of deliveries for thirty.
CREATE FUNCTION remove_outdated(most integer) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    DELETE FROM kept_answer WHERE ctid = ANY (ARRAY(
        SELECT ctid FROM kept_answer WHERE created_at <= now() - interval '24 hours'
        ORDER BY created_at LIMIT most FOR UPDATE SKIP LOCKED));
    DELETE FROM webhook_delivery WHERE id = ANY (ARRAY(
        SELECT id FROM webhook_delivery WHERE state <> 'PENDING' AND created_at <= now() - interval '30 days'
        ORDER BY created_at LIMIT most FOR UPDATE SKIP LOCKED));
$$;

RESET ROLE;
ALTER FUNCTION queue_webhooks() OWNER TO parley_gate;
ALTER FUNCTION lease_webhook(interval) OWNER TO parley_gate;
ALTER FUNCTION seconds_to_next_webhook() OWNER TO parley_gate;
ALTER FUNCTION finish_webhook(uuid, uuid, text, integer, text, integer, interval, interval) OWNER TO parley_gate;
ALTER FUNCTION remove_outdated(integer) OWNER TO parley_gate;
GRANT EXECUTE ON FUNCTION lease_webhook(interval), seconds_to_next_webhook(),
    finish_webhook(uuid, uuid, text, integer, text, integer, interval, interval), remove_outdated(integer) TO parley_courier;
