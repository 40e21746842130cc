-- Resumes: what candidates' documents say. Every version of a document is kept with its text, every
-- reading of it too; the newest reading of the newest version is the candidate's one analysis. All of
-- it goes with the candidate.

SET LOCAL ROLE parley_owner;

-- A version: a file, or text that somebody pasted.
CREATE TABLE resume (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    organization_id uuid NOT NULL,
    candidate_id uuid NOT NULL,
    version integer NOT NULL CHECK (version >= 1),
    kind text NOT NULL CHECK (kind IN ('PASTED', 'PDF', 'DOC', 'DOCX')),
    -- Of the file in the blob store, and how its sender named it, less what a header could not hold.
    file_key text UNIQUE,
    file_name text,
    size_bytes integer NOT NULL,
    -- Of the file, or of the text as it was pasted.
    sha256 bytea NOT NULL,
    -- READING until its first reading is there, and FAILED when there cannot be one.
    status text NOT NULL CHECK (status IN ('READING', 'COMPLETE', 'FAILED')),
    -- Why it failed, in a sentence for people.
    problem text,
    -- The text with its lines and what was hidden (`DocumentText`), once it is known.
    document jsonb,
    account_id uuid NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    UNIQUE (organization_id, id),
    UNIQUE (candidate_id, version),
    CHECK ((kind = 'PASTED') = (file_name IS NULL)),
    FOREIGN KEY (organization_id, candidate_id) REFERENCES candidate (organization_id, id) ON DELETE CASCADE,
    FOREIGN KEY (organization_id, account_id) REFERENCES account (organization_id, id)
);
-- An account's uploads of the last hour are counted.
CREATE INDEX resume_upload ON resume (account_id, created_at) WHERE kind <> 'PASTED';

-- What an engine read in a version. A later reading replaces an earlier one by being later.
CREATE TABLE resume_analysis (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    organization_id uuid NOT NULL,
    resume_id uuid NOT NULL,
    -- `ResumeReading`, with `extractedData` as the async document has it in its member `resume`.
    reading jsonb NOT NULL,
    -- Why the offline engine did what a model should have done (`Fallback`).
    fallback jsonb,
    -- What GenerateQuestions answers; null before it was asked.
    generated_questions jsonb,
    analyzed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    updated_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    UNIQUE (organization_id, id),
    FOREIGN KEY (organization_id, resume_id) REFERENCES resume (organization_id, id) ON DELETE CASCADE
);
CREATE INDEX resume_analysis_newest ON resume_analysis (resume_id, id DESC);

-- What people know better than the engines: a field of `extractedData` and its true value. No reading
-- changes it.
CREATE TABLE resume_correction (
    organization_id uuid NOT NULL,
    candidate_id uuid NOT NULL,
    field text NOT NULL,
    -- Null when the resume says nothing true about it.
    value jsonb,
    account_id uuid NOT NULL,
    corrected_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (candidate_id, field),
    FOREIGN KEY (organization_id, candidate_id) REFERENCES candidate (organization_id, id) ON DELETE CASCADE,
    FOREIGN KEY (organization_id, account_id) REFERENCES account (organization_id, id)
);

-- Who brought, opened or took back which version, and when. Outlives the version, not the candidate.
CREATE TABLE resume_access (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    organization_id uuid NOT NULL,
    candidate_id uuid NOT NULL,
    version integer NOT NULL,
    account_id uuid NOT NULL,
    action text NOT NULL CHECK (action IN ('UPLOADED', 'OPENED', 'REMOVED')),
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    FOREIGN KEY (organization_id, candidate_id) REFERENCES candidate (organization_id, id) ON DELETE CASCADE,
    FOREIGN KEY (organization_id, account_id) REFERENCES account (organization_id, id)
);
CREATE INDEX resume_access_newest ON resume_access (candidate_id, id DESC);

CALL isolate(ARRAY['resume', 'resume_analysis', 'resume_correction', 'resume_access']::regclass[]);
-- Nobody acts in another's name.
CREATE POLICY own_name ON resume AS RESTRICTIVE FOR INSERT TO parley_recruiter
    WITH CHECK (account_id = (SELECT caller_account()));
CREATE POLICY own_name ON resume_access AS RESTRICTIVE FOR INSERT TO parley_recruiter
    WITH CHECK (account_id = (SELECT caller_account()));

GRANT SELECT, INSERT, UPDATE (status), DELETE ON resume TO parley_recruiter;
GRANT SELECT, INSERT, UPDATE (generated_questions, updated_at) ON resume_analysis TO parley_recruiter;
GRANT SELECT, INSERT, UPDATE, DELETE ON resume_correction TO parley_recruiter;
GRANT SELECT, INSERT ON resume_access TO parley_recruiter;
GRANT SELECT, UPDATE (file_key, status, problem, document) ON resume TO parley_service;
GRANT SELECT, INSERT ON resume_analysis TO parley_service;

-- The bytes go after the row, whoever removes it.
CREATE FUNCTION discard_resume_file() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before text := coalesce(current_setting('app.organization', true), '');
BEGIN
    -- An erasure may come from the owner, on nobody's behalf, and goes on so.
    PERFORM set_config('app.organization', OLD.organization_id::text, true);
    PERFORM emit('resume.removed', jsonb_build_object('key', OLD.file_key));
    PERFORM set_config('app.organization', before, true);
    RETURN NULL;
END $$;
CREATE TRIGGER discard_resume_file AFTER DELETE ON resume FOR EACH ROW
    WHEN (OLD.file_key IS NOT NULL) EXECUTE FUNCTION discard_resume_file();

-- One after the other: what is counted and numbered for a candidate or an account.
CREATE FUNCTION hold_resumes(candidate uuid) RETURNS void LANGUAGE sql AS $$
    SELECT pg_advisory_xact_lock(hashtextextended('resume ' || holder, 0))
    FROM unnest(ARRAY[caller_account(), candidate]) AS holder ORDER BY holder
$$;

-- Seconds until the caller may upload one more file; 0 when they may now.
CREATE FUNCTION resume_upload_wait(most integer) RETURNS integer LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN count(*) < most THEN 0
        ELSE greatest(1, ceil(extract(epoch FROM min(created_at) + interval '1 hour' - now()))::integer) END
    FROM (
        SELECT created_at FROM resume
        WHERE account_id = caller_account() AND kind <> 'PASTED' AND created_at > now() - interval '1 hour'
        ORDER BY created_at DESC LIMIT most) recent
$$;

-- The analysis that counts: the newest reading of the newest version that has one.
CREATE FUNCTION current_analysis(candidate uuid) RETURNS uuid LANGUAGE sql STABLE AS $$
    SELECT a.id FROM resume_analysis a JOIN resume r ON r.id = a.resume_id
    WHERE r.candidate_id = candidate ORDER BY r.version DESC, a.id DESC LIMIT 1
$$;

GRANT EXECUTE ON FUNCTION hold_resumes(uuid), resume_upload_wait(integer), current_analysis(uuid) TO parley_recruiter;
GRANT EXECUTE ON FUNCTION discard_resume_file() TO parley_recruiter;

RESET ROLE;
-- Rows that go with their candidate go in the owner's name.
GRANT EXECUTE ON FUNCTION emit(text, jsonb, timestamptz) TO parley_owner;
