-- Accounts that administrators invite, change and deactivate; the links by which people choose a password; and the
-- mail to whoever is asked to review.

SET LOCAL ROLE parley_owner;

-- ---- Accounts --------------------------------------------------------------------------

ALTER TABLE account
    -- Null until its person has chosen one.
    ALTER password_hash DROP NOT NULL,
    ADD COLUMN has_joined boolean NOT NULL GENERATED ALWAYS AS (password_hash IS NOT NULL) STORED,
    ADD COLUMN deactivated_at timestamptz;

-- The one way to choose an account's password, which works once. The token itself is nowhere: it follows from the
-- installation's secret and the id.
CREATE TABLE password_link (
    id uuid PRIMARY KEY,
    organization_id uuid NOT NULL,
    -- A new link takes the place of the one before.
    account_id uuid NOT NULL UNIQUE,
    token_hash bytea NOT NULL UNIQUE,
    expires_at timestamptz NOT NULL,
    FOREIGN KEY (organization_id, account_id) REFERENCES account (organization_id, id) ON DELETE CASCADE
);

-- An account that is deactivated is signed out everywhere, and its link is void.
CREATE FUNCTION end_sessions() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    DELETE FROM session WHERE account_id = NEW.id;
    DELETE FROM password_link WHERE account_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER end_sessions AFTER UPDATE OF deactivated_at ON account FOR EACH ROW WHEN (NEW.deactivated_at IS NOT NULL)
    EXECUTE FUNCTION end_sessions();

-- An organisation keeps somebody who can sign in and administer it. One change after the other: each of two
-- administrators could otherwise remove the other at the same time.
CREATE FUNCTION keep_administrator() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('administrators ' || NEW.organization_id, 0));
    IF NOT EXISTS (
        SELECT FROM account WHERE organization_id = NEW.organization_id AND role = 'ADMIN' AND has_joined AND deactivated_at IS NULL)
    THEN
        RAISE EXCEPTION 'This is the last administrator who can sign in. Make somebody else an administrator first.'
            USING ERRCODE = 'PA409';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER keep_administrator AFTER UPDATE OF role, deactivated_at ON account FOR EACH ROW
    WHEN (OLD.role = 'ADMIN' AND (NEW.role <> 'ADMIN' OR NEW.deactivated_at IS NOT NULL))
    EXECUTE FUNCTION keep_administrator();

-- Whose password a link is for; no row for one that was used, replaced or has expired.
CREATE FUNCTION password_link_account(hash bytea) RETURNS TABLE (name text, email text, organization text, has_joined boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT a.name, a.email, o.name, a.has_joined
    FROM password_link l JOIN account a ON a.id = l.account_id JOIN organization o ON o.id = a.organization_id
    WHERE l.token_hash = hash AND l.expires_at > now()
$$;

-- Sets the password that a link is for, uses the link up and ends what sessions there were. Returns the account.
CREATE FUNCTION set_password(hash bytea, new_password_hash text) RETURNS TABLE (id uuid)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    owner uuid;
BEGIN
    DELETE FROM password_link l WHERE l.token_hash = hash AND l.expires_at > now() RETURNING account_id INTO owner;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'This link was used or has expired. Ask an administrator of your organisation for a new one.'
            USING ERRCODE = 'PA410';
    END IF;
    UPDATE account a SET password_hash = new_password_hash WHERE a.id = owner;
    DELETE FROM session WHERE account_id = owner;
    RETURN QUERY SELECT owner;
END $$;

CALL isolate(ARRAY['password_link']::regclass[]);
CREATE POLICY administrators ON password_link AS RESTRICTIVE TO parley_recruiter USING ((SELECT is_administrator()));
CREATE POLICY administrators_insert ON account AS RESTRICTIVE FOR INSERT TO parley_recruiter WITH CHECK ((SELECT is_administrator()));
CREATE POLICY administrators_update ON account AS RESTRICTIVE FOR UPDATE TO parley_recruiter USING ((SELECT is_administrator()));
CREATE POLICY gate ON password_link TO parley_gate USING (true);
CREATE POLICY gate_password ON account FOR UPDATE TO parley_gate USING (true);

GRANT SELECT, DELETE ON password_link TO parley_gate;
GRANT UPDATE (password_hash) ON account TO parley_gate;
GRANT SELECT (has_joined, deactivated_at, created_at) ON account TO parley_recruiter, parley_service;
GRANT INSERT (organization_id, email, name, role), UPDATE (role, deactivated_at) ON account TO parley_recruiter;
GRANT SELECT, INSERT, UPDATE ON password_link TO parley_recruiter;
GRANT SELECT ON password_link, reviewer TO parley_service;

-- ---- Mails -----------------------------------------------------------------------------

ALTER TABLE mail
    DROP CONSTRAINT mail_kind_check,
    ADD CONSTRAINT mail_kind_check CHECK (kind IN (
        'invitation', 'reminder', 'receipt', 'deadline-changed', 'cancelled', 'ready-to-review', 'review-asked',
        'live-scheduled', 'live-moved', 'live-cancelled'));

RESET ROLE;

-- As before, of accounts that can sign in.
CREATE OR REPLACE FUNCTION sign_in_account(address text) RETURNS TABLE (id uuid, password_hash text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT id, password_hash FROM account WHERE lower(email) = lower(address) AND has_joined AND deactivated_at IS NULL
$$;

-- As before, unless the account was deactivated: signing in may have begun before that.
CREATE OR REPLACE FUNCTION recruiter_session(hash bytea, traceparent text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    found_session session;
BEGIN
    SELECT s.* INTO found_session FROM session s JOIN account a ON a.id = s.account_id
    WHERE s.token_hash = hash AND s.expires_at > now() AND a.deactivated_at IS NULL;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'Your session has ended. Please sign in again.' USING ERRCODE = 'PA401';
    END IF;
    PERFORM set_config('app.organization', found_session.organization_id::text, true),
        set_config('app.account', found_session.account_id::text, true),
        set_config('app.session', found_session.id::text, true),
        set_config('app.traceparent', traceparent, true);
END $$;

ALTER FUNCTION end_sessions() OWNER TO parley_gate;
ALTER FUNCTION keep_administrator() OWNER TO parley_gate;
ALTER FUNCTION password_link_account(bytea) OWNER TO parley_gate;
ALTER FUNCTION set_password(bytea, text) OWNER TO parley_gate;
GRANT EXECUTE ON FUNCTION password_link_account(bytea), set_password(bytea, text) TO parley_anyone;
