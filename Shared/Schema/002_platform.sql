-- Organisations, the people who work there, and what they ask in interviews.

SET LOCAL ROLE parley_owner;

CREATE TABLE organization (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    name text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE account (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    organization_id uuid NOT NULL REFERENCES organization,
    email text NOT NULL,
    name text NOT NULL,
    role text NOT NULL CHECK (role IN ('ADMIN', 'RECRUITER')),
    password_hash text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (organization_id, id)
);
CREATE UNIQUE INDEX account_email ON account (lower(email));

CREATE TABLE session (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    organization_id uuid NOT NULL,
    account_id uuid NOT NULL,
    token_hash bytea NOT NULL UNIQUE,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    FOREIGN KEY (organization_id, account_id) REFERENCES account (organization_id, id) ON DELETE CASCADE
);

CREATE TABLE candidate (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    organization_id uuid NOT NULL REFERENCES organization,
    name text NOT NULL,
    email text NOT NULL,
    phone text,
    resume_url text,
    pipeline_stage text NOT NULL DEFAULT 'APPLIED',
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (organization_id, id)
);

CREATE TABLE competency (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    organization_id uuid NOT NULL REFERENCES organization,
    name text NOT NULL,
    description text NOT NULL DEFAULT '',
    UNIQUE (organization_id, id)
);

CREATE TABLE assessment (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    organization_id uuid NOT NULL REFERENCES organization,
    title text NOT NULL,
    job_title text NOT NULL,
    status text NOT NULL DEFAULT 'ACTIVE' CHECK (status IN ('DRAFT', 'ACTIVE', 'ARCHIVED')),
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (organization_id, id)
);

CREATE TABLE question (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    organization_id uuid NOT NULL,
    assessment_id uuid NOT NULL,
    competency_id uuid NOT NULL,
    position integer NOT NULL CHECK (position >= 1),
    content text NOT NULL,
    type text NOT NULL DEFAULT 'BEHAVIORAL'
        CHECK (type IN ('BEHAVIORAL', 'SITUATIONAL', 'TECHNICAL', 'ASYNC_VIDEO', 'ASYNC_TEXT')),
    UNIQUE (organization_id, id),
    UNIQUE (assessment_id, position),
    FOREIGN KEY (organization_id, assessment_id) REFERENCES assessment (organization_id, id) ON DELETE CASCADE,
    FOREIGN KEY (organization_id, competency_id) REFERENCES competency (organization_id, id)
);

CREATE TABLE rubric_level (
    organization_id uuid NOT NULL,
    question_id uuid NOT NULL,
    level integer NOT NULL CHECK (level BETWEEN 1 AND 5),
    label text NOT NULL,
    description text NOT NULL,
    behavioral_anchors jsonb NOT NULL DEFAULT '[]',
    PRIMARY KEY (question_id, level),
    FOREIGN KEY (organization_id, question_id) REFERENCES question (organization_id, id) ON DELETE CASCADE
);

-- A foreign key ignores row level security, so every reference above carries the organisation
-- with it: nobody can refer to another organisation's row, nor learn that it exists.

-- Row level security for a table of an organisation: everyone sees their organisation's rows only,
-- the owner included. More is up to each role's grants.
CREATE PROCEDURE isolate(tables regclass[]) LANGUAGE plpgsql AS $$
DECLARE
    target regclass;
BEGIN
    FOREACH target IN ARRAY tables LOOP
        EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', target);
        EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', target);
        EXECUTE format(
            'CREATE POLICY own_organization ON %s USING (organization_id = (SELECT caller_organization()))', target);
    END LOOP;
END $$;

CALL isolate(ARRAY['account', 'session', 'candidate', 'competency', 'assessment', 'question', 'rubric_level']::regclass[]);

ALTER TABLE organization ENABLE ROW LEVEL SECURITY;
ALTER TABLE organization FORCE ROW LEVEL SECURITY;
CREATE POLICY own_organization ON organization USING (id = (SELECT caller_organization()));

-- The gate finds out who is calling, before there is an organisation to go by.
CREATE POLICY gate ON account FOR SELECT TO parley_gate USING (true);
CREATE POLICY gate ON session TO parley_gate USING (true);
CREATE POLICY gate ON organization FOR SELECT TO parley_gate USING (true);
GRANT SELECT ON account, organization TO parley_gate;
GRANT SELECT, INSERT, DELETE ON session TO parley_gate;

GRANT SELECT (id, organization_id, email, name, role) ON account TO parley_recruiter, parley_service;
GRANT SELECT (id, organization_id, email) ON account TO parley_candidate;
GRANT SELECT ON organization, candidate, competency, assessment, question, rubric_level TO parley_recruiter, parley_service;
GRANT SELECT (id, name) ON organization TO parley_candidate;
GRANT SELECT (id, organization_id, name) ON candidate TO parley_candidate;
GRANT SELECT (id, organization_id, title, job_title) ON assessment TO parley_candidate;
GRANT SELECT (id, organization_id, assessment_id, position, content, type) ON question TO parley_candidate;

-- What a password is checked against.
CREATE FUNCTION sign_in_account(address text) RETURNS TABLE (id uuid, password_hash text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT id, password_hash FROM account WHERE lower(email) = lower(address)
$$;

-- Opens a session for an account whose password was right, and begins working on its behalf.
CREATE FUNCTION open_session(owner uuid, hash bytea, expires timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    DELETE FROM session WHERE account_id = owner AND expires_at < now();
    INSERT INTO session (organization_id, account_id, token_hash, expires_at)
    SELECT organization_id, id, hash, expires FROM account WHERE id = owner;
END $$;

-- Begins a transaction on behalf of whoever holds the session.
CREATE FUNCTION recruiter_session(hash bytea, traceparent text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    found_session session;
BEGIN
    SELECT * INTO found_session FROM session WHERE token_hash = hash AND expires_at > now();
    IF NOT FOUND THEN
        RAISE EXCEPTION 'Your session has ended. Please sign in again.' USING ERRCODE = 'PA401';
    END IF;
    PERFORM set_config('app.organization', found_session.organization_id::text, true),
        set_config('app.account', found_session.account_id::text, true),
        set_config('app.session', found_session.id::text, true),
        set_config('app.traceparent', traceparent, true);
END $$;

-- Ends the session on whose behalf the transaction works.
CREATE FUNCTION close_session() RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    DELETE FROM session WHERE id = nullif(current_setting('app.session', true), '')::uuid
$$;

RESET ROLE;
ALTER FUNCTION sign_in_account(text) OWNER TO parley_gate;
ALTER FUNCTION open_session(uuid, bytea, timestamptz) OWNER TO parley_gate;
ALTER FUNCTION close_session() OWNER TO parley_gate;
ALTER FUNCTION recruiter_session(bytea, text) OWNER TO parley_gate;
GRANT EXECUTE ON FUNCTION sign_in_account(text), open_session(uuid, bytea, timestamptz) TO parley_anyone;
GRANT EXECUTE ON FUNCTION close_session() TO parley_recruiter;
GRANT EXECUTE ON FUNCTION recruiter_session(bytea, text) TO parley_recruiter, parley_anyone;
GRANT SELECT (id, organization_id, email, name, role) ON account TO parley_anyone;
GRANT SELECT ON organization TO parley_anyone;
