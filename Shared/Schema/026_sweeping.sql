-- What an organisation's objects take and may take; sweeps, which compare the store with what is known of it; and the end of
-- what was delivered long ago.

SET LOCAL ROLE parley_owner;

-- ---- Room ------------------------------------------------------------------------------

-- One row for each organisation.
CREATE TABLE storage_use (
    organization_id uuid PRIMARY KEY REFERENCES organization ON DELETE CASCADE,
    -- Bytes, when the changes were added up last.
    counted_bytes bigint NOT NULL DEFAULT 0,
    -- What it may keep, in bytes; null: what the installation grants everybody.
    quota_bytes bigint CHECK (quota_bytes >= 0)
);

-- What came and went since then. Uploads only add rows here, so that none waits for another.
CREATE TABLE storage_change (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    organization_id uuid NOT NULL REFERENCES organization ON DELETE CASCADE,
    bytes bigint NOT NULL
);
CREATE INDEX storage_change_organization ON storage_change (organization_id) INCLUDE (bytes);

CALL isolate(ARRAY['storage_use', 'storage_change']::regclass[]);
CREATE POLICY gate ON storage_use TO parley_gate USING (organization_id = caller_organization());
CREATE POLICY gate ON storage_change FOR ALL TO parley_gate USING (organization_id = caller_organization()) WITH CHECK (true);
GRANT SELECT, UPDATE (counted_bytes) ON storage_use TO parley_gate;
GRANT SELECT, INSERT, DELETE ON storage_change TO parley_gate;
GRANT SELECT ON storage_use, storage_change TO parley_recruiter, parley_candidate, parley_service;

CREATE FUNCTION count_storage() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO storage_change (organization_id, bytes) VALUES (NEW.organization_id, NEW.size_bytes);
    ELSE
        INSERT INTO storage_change (organization_id, bytes) VALUES (OLD.organization_id, -OLD.size_bytes);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER count_storage AFTER INSERT OR DELETE ON blob FOR EACH ROW EXECUTE FUNCTION count_storage();
CREATE TRIGGER count_stored AFTER INSERT ON resume FOR EACH ROW
    WHEN (NEW.file_key IS NOT NULL) EXECUTE FUNCTION count_storage();
CREATE TRIGGER count_removed AFTER DELETE ON resume FOR EACH ROW
    WHEN (OLD.file_key IS NOT NULL) EXECUTE FUNCTION count_storage();
CREATE TRIGGER count_discarded AFTER UPDATE OF file_key ON resume FOR EACH ROW
    WHEN (OLD.file_key IS NOT NULL AND NEW.file_key IS NULL) EXECUTE FUNCTION count_storage();

-- What the caller's organisation keeps, in bytes.
CREATE FUNCTION used_storage() RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT counted_bytes + (
        SELECT coalesce(sum(bytes), 0)::bigint FROM storage_change WHERE organization_id = caller_organization())
    FROM storage_use WHERE organization_id = caller_organization()
$$;

-- What it may keep; null for no limit. `standard` is what the installation grants everybody.
CREATE FUNCTION storage_quota(standard bigint) RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT coalesce(quota_bytes, standard) FROM storage_use WHERE organization_id = caller_organization()
$$;

CREATE FUNCTION has_storage_for(bytes bigint, standard bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT coalesce(used_storage() + bytes <= storage_quota(standard), true)
$$;

-- Adds the changes up. It counts nothing anew.
CREATE FUNCTION add_up_storage() RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH added AS (DELETE FROM storage_change WHERE organization_id = caller_organization() RETURNING bytes)
    UPDATE storage_use SET counted_bytes = counted_bytes + (SELECT coalesce(sum(bytes), 0)::bigint FROM added)
    WHERE organization_id = caller_organization()
$$;

GRANT EXECUTE ON FUNCTION used_storage(), storage_quota(bigint), has_storage_for(bigint, bigint)
    TO parley_recruiter, parley_candidate;

-- ---- Sweeps ----------------------------------------------------------------------------

-- One row for each organisation: the next sweep, and what came of all of them.
CREATE TABLE store_sweep (
    organization_id uuid PRIMARY KEY REFERENCES organization ON DELETE CASCADE,
    -- The event that does the next one. Others that come do nothing.
    plan_id uuid NOT NULL DEFAULT uuidv7(),
    due_at timestamptz NOT NULL,
    -- Where the listing of the store goes on, when it was longer than one sweep.
    listing_cursor text,
    -- When a listing ended last.
    listed_at timestamptz,
    swept_at timestamptz,
    -- Why the last one came to nothing, for operators; null when it did not.
    problem text,
    -- Objects that were looked at.
    examined bigint NOT NULL DEFAULT 0,
    -- Recordings that had arrived without anybody telling of it, and those of them that were not what was granted.
    confirmed bigint NOT NULL DEFAULT 0,
    refused bigint NOT NULL DEFAULT 0,
    -- Objects that belonged to nothing any more, and their bytes.
    orphans bigint NOT NULL DEFAULT 0,
    orphan_bytes bigint NOT NULL DEFAULT 0,
    -- Uploads that were begun and never ended.
    stale_uploads bigint NOT NULL DEFAULT 0
);
CALL isolate(ARRAY['store_sweep']::regclass[]);
CREATE POLICY gate ON store_sweep FOR SELECT TO parley_gate USING (true);
GRANT SELECT ON store_sweep TO parley_recruiter, parley_gate;
GRANT SELECT, INSERT, UPDATE ON store_sweep TO parley_service;

-- When a sweep looked for what a permission was used for.
ALTER TABLE recording ADD COLUMN swept_at timestamptz;
GRANT UPDATE (swept_at) ON recording TO parley_service;
CREATE INDEX recording_unreported ON recording (organization_id, expires_at) WHERE status = 'GRANTED' AND swept_at IS NULL;

-- Plans the next sweep of the caller's organisation. What was planned before does not hold any more.
CREATE FUNCTION plan_sweep(due timestamptz) RETURNS void LANGUAGE sql AS $$
    WITH planned AS (
        INSERT INTO store_sweep (organization_id, due_at) VALUES (caller_organization(), due)
        ON CONFLICT (organization_id) DO UPDATE SET plan_id = excluded.plan_id, due_at = excluded.due_at
        RETURNING plan_id)
    SELECT emit('store.sweep-due', jsonb_build_object('planId', plan_id), due) FROM planned
$$;
GRANT EXECUTE ON FUNCTION plan_sweep(timestamptz), add_up_storage() TO parley_service;

-- How many organisations' last sweep came to nothing, or is a day late.
CREATE FUNCTION unswept_organizations() RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT count(*) FROM store_sweep WHERE problem IS NOT NULL OR due_at < now() - interval '1 day'
$$;

CREATE FUNCTION begin_storage() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before text := coalesce(current_setting('app.organization', true), '');
BEGIN
    INSERT INTO storage_use (organization_id) VALUES (NEW.id);
    PERFORM set_config('app.organization', NEW.id::text, true);
    PERFORM plan_sweep(now() + interval '1 hour');
    PERFORM set_config('app.organization', before, true);
    RETURN NULL;
END $$;
CREATE TRIGGER begin_storage AFTER INSERT ON organization FOR EACH ROW EXECUTE FUNCTION begin_storage();

-- ---- What was delivered long ago ---------------------------------------------------------

CREATE INDEX delivery_event ON delivery (organization_id, event_id);
CREATE INDEX receipt_oldest ON receipt (received_at);
CREATE POLICY gate_removal ON event FOR DELETE TO parley_gate USING (true);
CREATE POLICY gate_removal ON delivery FOR DELETE TO parley_gate USING (true);
CREATE POLICY gate_search ON event FOR SELECT TO parley_gate USING (true);
CREATE POLICY gate_search ON delivery FOR SELECT TO parley_gate USING (true);
CREATE POLICY gate_removal ON receipt TO parley_gate USING (true);
GRANT SELECT, DELETE ON event, delivery, receipt TO parley_gate;

-- Removes deliveries that were taken thirty days ago, events that have none left, and receipts that nothing can come for any
-- more. Dead letters stay until somebody deals with them, and so does what still waits.
CREATE FUNCTION remove_finished(most integer) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    before timestamptz := now() - interval '30 days';
    -- UUIDs of version 7 begin with when they were made.
    newest uuid := rpad(lpad(to_hex((extract(epoch FROM before) * 1000)::bigint), 12, '0'), 32, '0')::uuid;
BEGIN
    -- One courier at a time.
    IF NOT pg_try_advisory_xact_lock(hashtextextended('remove_finished', 0)) THEN
        RETURN;
    END IF;
    DELETE FROM delivery WHERE id = ANY (ARRAY(
        SELECT id FROM delivery WHERE id < newest AND state = 'done' AND finished_at < before ORDER BY id LIMIT most));
    DELETE FROM event WHERE id = ANY (ARRAY(
        SELECT id FROM event e
        WHERE id < newest AND NOT EXISTS (
            SELECT FROM delivery d WHERE d.organization_id = e.organization_id AND d.event_id = e.id)
        ORDER BY id LIMIT most));
    DELETE FROM receipt WHERE webhook_id = ANY (ARRAY(
        SELECT webhook_id FROM receipt r
        WHERE received_at < before AND NOT EXISTS (
            SELECT FROM delivery d
            WHERE d.id = CASE WHEN r.webhook_id ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN r.webhook_id::uuid END)
        ORDER BY received_at LIMIT most));
END $$;

RESET ROLE;
ALTER FUNCTION count_storage() OWNER TO parley_gate;
ALTER FUNCTION add_up_storage() OWNER TO parley_gate;
ALTER FUNCTION remove_finished(integer) OWNER TO parley_gate;
ALTER FUNCTION unswept_organizations() OWNER TO parley_gate;
GRANT EXECUTE ON FUNCTION unswept_organizations() TO parley_courier;

-- As before, and what was delivered long ago.
CREATE OR REPLACE FUNCTION remove_outdated(most integer) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    DELETE FROM kept_answer WHERE ctid = ANY (ARRAY(
        SELECT ctid FROM kept_answer WHERE created_at <= now() - interval '24 hours'
        ORDER BY created_at LIMIT most FOR UPDATE SKIP LOCKED));
    DELETE FROM webhook_delivery WHERE id = ANY (ARRAY(
        SELECT id FROM webhook_delivery WHERE state <> 'PENDING' AND created_at <= now() - interval '30 days'
        ORDER BY created_at LIMIT most FOR UPDATE SKIP LOCKED));
    SELECT remove_finished(most)
$$;

-- ---- Organisations that there are ---------------------------------------------------------

INSERT INTO storage_use (organization_id, counted_bytes)
SELECT o.id, coalesce((SELECT sum(size_bytes) FROM blob WHERE organization_id = o.id), 0)
    + coalesce((SELECT sum(size_bytes) FROM resume WHERE organization_id = o.id AND file_key IS NOT NULL), 0)
FROM organization o;

-- (Who is subscribed is known only after the migrations.)
WITH plan AS (
    INSERT INTO store_sweep (organization_id, due_at) SELECT id, now() + random() * interval '1 hour' FROM organization
    RETURNING *
), told AS (
    INSERT INTO event (organization_id, topic, data)
    SELECT organization_id, 'store.sweep-due', jsonb_build_object('planId', plan_id, 'organizationId', organization_id) FROM plan
    RETURNING id, organization_id
)
INSERT INTO delivery (organization_id, event_id, function, path, run_at)
SELECT organization_id, told.id, 'SweepOrganization', '/api/webhooks/sweeps', due_at FROM told JOIN plan USING (organization_id);
