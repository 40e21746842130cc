-- Events and their deliveries: an outbox. A change and the event that tells of it are written in
-- one transaction; the courier delivers what is due.

SET LOCAL ROLE parley_owner;

-- Which function receives which events. Generated from the functions' declarations.
CREATE TABLE subscription (
    topic text NOT NULL,
    function text NOT NULL,
    path text NOT NULL,
    PRIMARY KEY (topic, function)
);

CREATE TABLE event (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    organization_id uuid NOT NULL REFERENCES organization ON DELETE CASCADE,
    topic text NOT NULL,
    data jsonb NOT NULL,
    traceparent text,
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (organization_id, id)
);

CREATE TABLE delivery (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    organization_id uuid NOT NULL,
    event_id uuid NOT NULL,
    function text NOT NULL,
    path text NOT NULL,
    state text NOT NULL DEFAULT 'ready' CHECK (state IN ('ready', 'done', 'dead')),
    attempts integer NOT NULL DEFAULT 0,
    -- When it is due; while a courier works on it, when its lease ends.
    run_at timestamptz NOT NULL DEFAULT now(),
    -- Fences off a courier whose lease ended: only the holder of the newest token may finish.
    lease_token uuid,
    last_status integer,
    last_error text,
    created_at timestamptz NOT NULL DEFAULT now(),
    finished_at timestamptz,
    FOREIGN KEY (organization_id, event_id) REFERENCES event (organization_id, id) ON DELETE CASCADE
);
CREATE INDEX delivery_due ON delivery (run_at) WHERE state = 'ready';
CREATE INDEX delivery_dead ON delivery (created_at) WHERE state = 'dead';

-- Deliveries that a function has dealt with, so that a repeated one changes nothing.
CREATE TABLE receipt (
    webhook_id text PRIMARY KEY,
    organization_id uuid NOT NULL REFERENCES organization ON DELETE CASCADE,
    received_at timestamptz NOT NULL DEFAULT now()
);

CALL isolate(ARRAY['event', 'delivery', 'receipt']::regclass[]);
ALTER TABLE subscription ENABLE ROW LEVEL SECURITY;
ALTER TABLE subscription FORCE ROW LEVEL SECURITY;
CREATE POLICY everyone ON subscription FOR SELECT USING (true);

CREATE POLICY gate ON event FOR INSERT TO parley_gate WITH CHECK (organization_id = caller_organization());
CREATE POLICY gate ON delivery FOR INSERT TO parley_gate WITH CHECK (organization_id = caller_organization());
GRANT INSERT ON event, delivery TO parley_gate;
GRANT SELECT ON subscription TO parley_gate;

CREATE POLICY courier ON event FOR SELECT TO parley_courier USING (true);
CREATE POLICY courier ON delivery TO parley_courier USING (true);
GRANT SELECT ON event, subscription TO parley_courier;
GRANT SELECT ON delivery TO parley_courier;
GRANT UPDATE (state, attempts, run_at, lease_token, last_status, last_error, finished_at) ON delivery TO parley_courier;

GRANT SELECT, INSERT ON receipt TO parley_service;

-- Tells of something that happened, to every function that subscribed, at `due`.
CREATE FUNCTION emit(topic text, data jsonb, due timestamptz DEFAULT now()) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    new_event uuid := uuidv7();
BEGIN
    INSERT INTO event (id, organization_id, topic, data, traceparent)
    VALUES (new_event, caller_organization(), emit.topic,
        emit.data || jsonb_build_object('organizationId', caller_organization()),
        nullif(current_setting('app.traceparent', true), ''));
    INSERT INTO delivery (organization_id, event_id, function, path, run_at)
    SELECT caller_organization(), new_event, s.function, s.path, due FROM subscription s WHERE s.topic = emit.topic;
    PERFORM pg_notify('delivery', '');
    RETURN new_event;
END $$;

-- Begins a transaction on behalf of an organisation, for a function that received a signed event.
CREATE FUNCTION service_session(organization uuid, traceparent text) RETURNS void LANGUAGE sql AS $$
    SELECT set_config('app.organization', organization::text, true), set_config('app.traceparent', traceparent, true)
$$;

-- Leases up to `most` due deliveries. A courier that dies lets its leases end. The event is read in
-- the same statement: a caller that joined it would do so with an older snapshot than this function's
-- own, and lose the deliveries of events that were committed in between.
CREATE FUNCTION lease_deliveries(most integer, lease interval) RETURNS TABLE (
    id uuid, lease_token uuid, function text, path text, attempts integer,
    topic text, data jsonb, traceparent text, created_at timestamptz)
LANGUAGE sql AS $$
    UPDATE delivery d SET attempts = d.attempts + 1, lease_token = gen_random_uuid(), run_at = now() + lease
    FROM event e
    WHERE e.id = d.event_id AND d.id = ANY (ARRAY(
        SELECT due.id FROM delivery due WHERE due.state = 'ready' AND due.run_at <= now()
        ORDER BY due.run_at LIMIT most FOR UPDATE SKIP LOCKED))
    RETURNING d.id, d.lease_token, d.function, d.path, d.attempts, e.topic, e.data, e.traceparent, e.created_at
$$;

RESET ROLE;
ALTER FUNCTION emit(text, jsonb, timestamptz) OWNER TO parley_gate;
GRANT EXECUTE ON FUNCTION emit(text, jsonb, timestamptz) TO parley_recruiter, parley_candidate, parley_service;
GRANT EXECUTE ON FUNCTION service_session(uuid, text) TO parley_service;
GRANT EXECUTE ON FUNCTION lease_deliveries(integer, interval) TO parley_courier;
