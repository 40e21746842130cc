-- What makes the records of deletions proof: each is sealed when its last object is gone, with the SHA-256 of itself and
-- of the one before it. And what was answered to requests with an Idempotency-Key goes with what it was about.

-- There is another one below.
DROP FUNCTION keep_answer(text, text);

SET LOCAL ROLE parley_owner;

-- ---- Seals -----------------------------------------------------------------------------------

-- The records of an organisation in the order in which they were completed: a chain. None can be changed, taken out or put
-- in without the others telling.
CREATE TABLE deletion_seal (
    organization_id uuid NOT NULL,
    -- From 1, without gaps.
    number integer NOT NULL CHECK (number >= 1),
    deletion_id uuid NOT NULL UNIQUE,
    -- The `sha256` of the one before; zeros for the first.
    previous bytea NOT NULL CHECK (octet_length(previous) = 32),
    -- Of what `deletion_text` writes.
    sha256 bytea NOT NULL CHECK (octet_length(sha256) = 32),
    PRIMARY KEY (organization_id, number),
    FOREIGN KEY (organization_id, deletion_id) REFERENCES deletion (organization_id, id)
);
CALL isolate(ARRAY['deletion_seal']::regclass[]);

-- JSON as RFC 8785 writes it, so that anybody gets the same bytes; of whole numbers, and with names in ASCII.
CREATE FUNCTION canonical_json(content jsonb) RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
    RETURN CASE jsonb_typeof(content)
        WHEN 'object' THEN (
            SELECT '{' || coalesce(string_agg(to_json(m.key)::text || ':' || canonical_json(m.value), ',' ORDER BY m.key COLLATE "C"), '') || '}'
            FROM jsonb_each(content) AS m)
        WHEN 'array' THEN (
            SELECT '[' || coalesce(string_agg(canonical_json(e.value), ',' ORDER BY e.place), '') || ']'
            FROM jsonb_array_elements(content) WITH ORDINALITY AS e (value, place))
        ELSE content::text END;
END $$;

-- To the microsecond, in UTC.
CREATE FUNCTION exact_time(moment timestamptz) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT to_char(moment AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
$$;

-- All that a record says, and its place in the chain. Nothing in it is about the person: keys are made of ids.
CREATE FUNCTION deletion_text(d deletion, number integer, previous bytea) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT canonical_json(jsonb_build_object(
        'id', d.id, 'organizationId', d.organization_id, 'scope', d.scope, 'subjectId', d.subject_id, 'cause', d.cause,
        'accountId', d.account_id, 'counts', d.counts, 'requestedAt', exact_time(d.requested_at),
        'completedAt', exact_time(d.completed_at), 'number', number, 'previous', encode(previous, 'hex'),
        'objects', (
            SELECT coalesce(jsonb_agg(jsonb_build_object(
                'key', o.key, 'sizeBytes', o.size_bytes, 'attempts', o.attempts, 'goneAt', exact_time(o.gone_at)) ORDER BY o.id), '[]')
            FROM deleted_object o WHERE o.deletion_id = d.id)))
$$;

CREATE FUNCTION seal_deletion(d deletion) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    newest deletion_seal;
BEGIN
    -- One after the other: each rests on the one before.
    PERFORM pg_advisory_xact_lock(hashtextextended('deletion seals ' || d.organization_id, 0));
    SELECT * INTO newest FROM deletion_seal s WHERE s.organization_id = d.organization_id ORDER BY s.number DESC LIMIT 1;
    newest.number := coalesce(newest.number, 0) + 1;
    newest.previous := coalesce(newest.sha256, decode(repeat('00', 32), 'hex'));
    INSERT INTO deletion_seal (organization_id, number, deletion_id, previous, sha256)
    VALUES (d.organization_id, newest.number, d.id, newest.previous,
        sha256(convert_to(deletion_text(d, newest.number, newest.previous), 'UTF8')));
END $$;

CREATE FUNCTION seal_completed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM seal_deletion(NEW);
    RETURN NULL;
END $$;
CREATE TRIGGER seal_completed AFTER UPDATE OF completed_at ON deletion FOR EACH ROW
    WHEN (OLD.completed_at IS NULL AND NEW.completed_at IS NOT NULL) EXECUTE FUNCTION seal_completed();

-- For auditors: where a chain breaks. There should never be a row.
CREATE VIEW deletion_fault WITH (security_invoker = true) AS
WITH chain AS (
    SELECT s.*, lag(s.number, 1, 0) OVER w AS number_before,
        lag(s.sha256, 1, decode(repeat('00', 32), 'hex')) OVER w AS sha256_before
    FROM deletion_seal s WINDOW w AS (PARTITION BY s.organization_id ORDER BY s.number))
-- The record is not what was sealed, or there is none any more.
SELECT c.organization_id, c.number, c.deletion_id, 'CHANGED' AS problem FROM chain c LEFT JOIN deletion d ON d.id = c.deletion_id
WHERE d.id IS NULL OR sha256(convert_to(deletion_text(d, c.number, c.previous), 'UTF8')) <> c.sha256
UNION ALL
-- There was one before it.
SELECT c.organization_id, c.number, c.deletion_id, 'REMOVED_BEFORE' FROM chain c WHERE c.number <> c.number_before + 1
UNION ALL
-- There was another one before it.
SELECT c.organization_id, c.number, c.deletion_id, 'REPLACED_BEFORE' FROM chain c
WHERE c.number = c.number_before + 1 AND c.previous <> c.sha256_before
UNION ALL
SELECT d.organization_id, NULL, d.id, 'NOT_SEALED' FROM deletion d
WHERE d.completed_at IS NOT NULL AND NOT EXISTS (SELECT FROM deletion_seal s WHERE s.deletion_id = d.id);

GRANT SELECT, INSERT ON deletion_seal TO parley_eraser;
GRANT SELECT ON deletion_seal TO parley_recruiter;
GRANT EXECUTE ON FUNCTION canonical_json(jsonb), exact_time(timestamptz), deletion_text(deletion, integer, bytea)
    TO parley_eraser, parley_recruiter;
GRANT EXECUTE ON FUNCTION seal_deletion(deletion) TO parley_eraser;

-- ---- Answers to repeated requests ---------------------------------------------------------------

-- The ids that stand in a request and its answer. They say what it was about, which the sealed answer does not.
ALTER TABLE kept_answer ADD COLUMN about uuid[] NOT NULL DEFAULT '{}';
CREATE INDEX kept_answer_organization ON kept_answer (organization_id);
GRANT UPDATE (about) ON kept_answer TO parley_gate;

-- As before, and notes what it is about.
CREATE FUNCTION keep_answer(key text, answer text, about uuid[] DEFAULT '{}') RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    UPDATE kept_answer k SET answer = keep_answer.answer, about = keep_answer.about
    WHERE k.holder = coalesce(caller_account(), caller_interview()) AND k.key = keep_answer.key
$$;

-- As before, and empties what was answered about them. The keys stay for their day, so that a request which is sent
-- again does not take effect a second time. A key of the blob store ends with the id of what it holds.
CREATE OR REPLACE FUNCTION sever(answers uuid[], subjects text[]) RETURNS void LANGUAGE sql AS $$
    DELETE FROM event WHERE organization_id = caller_organization() AND event_subject(data) = ANY (subjects);
    DELETE FROM ai_wait WHERE organization_id = caller_organization() AND subject::text = ANY (subjects);
    UPDATE ai_call SET subject = NULL, input_sha256 = '' WHERE subject::text = ANY (subjects) AND subject = ANY (answers);
    UPDATE kept_answer SET request = '', answer = NULL, about = '{}'
    WHERE organization_id = caller_organization()
        AND about && ARRAY(SELECT substring(s FROM '([0-9a-f-]{36})(\.[a-z0-9]+)?$')::uuid FROM unnest(subjects) AS s)
$$;

-- As before, with the person's own id among what is severed.
CREATE OR REPLACE PROCEDURE erase_person(deleted uuid) LANGUAGE plpgsql AS $$
DECLARE
    resumes uuid[] := ARRAY(SELECT id FROM resume WHERE candidate_id = deleted);
BEGIN
    PERFORM sever(resumes, (resumes || deleted)::text[]);
    -- The ledger has their files.
    UPDATE resume SET file_key = NULL WHERE candidate_id = deleted;
    DELETE FROM candidate WHERE id = deleted;
END $$;

GRANT UPDATE (request, answer, about) ON kept_answer TO parley_eraser;

RESET ROLE;
ALTER FUNCTION seal_completed() OWNER TO parley_eraser;
ALTER FUNCTION keep_answer(text, text, uuid[]) OWNER TO parley_gate;
GRANT EXECUTE ON FUNCTION keep_answer(text, text, uuid[]) TO parley_recruiter, parley_candidate;

-- What was completed before there were seals.
DO $$
DECLARE
    completed deletion;
BEGIN
    FOR completed IN SELECT * FROM deletion WHERE completed_at IS NOT NULL ORDER BY completed_at, id LOOP
        PERFORM seal_deletion(completed);
    END LOOP;
END $$;
