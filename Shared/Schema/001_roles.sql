-- The roles that functions connect as. None owns anything, so row level security binds them all.
-- Timeouts belong to the roles rather than to connections: a pooler in transaction mode keeps them.

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['parley_owner', 'parley_gate'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) THEN
            EXECUTE format('CREATE ROLE %I NOLOGIN', name);
        END IF;
    END LOOP;
    FOREACH name IN ARRAY ARRAY['parley_anyone', 'parley_recruiter', 'parley_candidate', 'parley_service', 'parley_courier'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) THEN
            EXECUTE format('CREATE ROLE %I LOGIN NOINHERIT', name);
        END IF;
        EXECUTE format('ALTER ROLE %I SET statement_timeout = ''5s''', name);
        EXECUTE format('ALTER ROLE %I SET lock_timeout = ''2s''', name);
        EXECUTE format('ALTER ROLE %I SET idle_in_transaction_session_timeout = ''10s''', name);
        EXECUTE format('ALTER ROLE %I SET timezone = ''UTC''', name);
    END LOOP;
END $$;

REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO
    parley_gate, parley_anyone, parley_recruiter, parley_candidate, parley_service, parley_courier;
GRANT USAGE, CREATE ON SCHEMA public TO parley_owner;

SET LOCAL ROLE parley_owner;

-- Functions are for those they are granted to.
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

-- A UUID of version 7 (RFC 9562): 48 bits of Unix milliseconds, then random bits.
CREATE FUNCTION uuidv7() RETURNS uuid LANGUAGE sql VOLATILE PARALLEL SAFE AS $$
    SELECT encode(
        set_bit(set_bit(
            overlay(uuid_send(gen_random_uuid())
                    PLACING substring(int8send((extract(epoch FROM clock_timestamp()) * 1000)::bigint) FROM 3)
                    FROM 1 FOR 6),
            52, 1), 53, 1), 'hex')::uuid
$$;

-- On whose behalf the transaction works. Set by the session functions below; null before that,
-- and then no policy lets any row through.
CREATE FUNCTION caller_organization() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT nullif(current_setting('app.organization', true), '')::uuid
$$;

CREATE FUNCTION caller_account() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT nullif(current_setting('app.account', true), '')::uuid
$$;

CREATE FUNCTION caller_interview() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT nullif(current_setting('app.interview', true), '')::uuid
$$;

GRANT EXECUTE ON FUNCTION uuidv7(), caller_organization(), caller_account(), caller_interview() TO
    parley_gate, parley_anyone, parley_recruiter, parley_candidate, parley_service, parley_courier;
