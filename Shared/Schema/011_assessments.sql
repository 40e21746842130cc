-- Recruiters write assessments and keep candidates themselves: versions against lost edits, weights,
-- and indexes for lists and for search.

-- Parts of words, for searching names.
CREATE EXTENSION pg_trgm;

-- One name is one competency: what was written down twice becomes one.
UPDATE question q SET competency_id = (
    SELECT k.id FROM competency k
    WHERE k.organization_id = d.organization_id AND lower(k.name) = lower(d.name) ORDER BY k.id LIMIT 1)
FROM competency d WHERE d.id = q.competency_id;
DELETE FROM competency d USING competency k
WHERE k.organization_id = d.organization_id AND lower(k.name) = lower(d.name) AND k.id < d.id;

SET LOCAL ROLE parley_owner;

-- ---- Assessments -------------------------------------------------------------------

ALTER TABLE assessment
    ADD COLUMN description text NOT NULL DEFAULT '',
    -- One more with every change, so that nobody overwrites what they have not seen.
    ADD COLUMN version integer NOT NULL DEFAULT 1,
    ADD COLUMN updated_at timestamptz NOT NULL DEFAULT now();
CREATE INDEX assessment_newest ON assessment (organization_id, created_at DESC, id DESC);

ALTER TABLE question
    -- What the answer's score counts in the total, beside the others.
    ADD COLUMN weight double precision NOT NULL DEFAULT 1 CHECK (weight > 0 AND weight <= 10);
CREATE INDEX question_competency ON question (competency_id);
CREATE UNIQUE INDEX competency_name ON competency (organization_id, lower(name));

-- Whether somebody was asked an assessment's questions. From then on they stay as they are.
CREATE FUNCTION is_sent(assessment uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT FROM async_interview WHERE assessment_id = assessment AND status <> 'DRAFT')
$$;

-- Sending waits for whoever changes the questions at that moment, and they see that it was sent.
CREATE FUNCTION hold_questions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM assessment WHERE id = NEW.assessment_id FOR SHARE;
    RETURN NEW;
END $$;
CREATE TRIGGER hold_questions BEFORE UPDATE OF status ON async_interview FOR EACH ROW
    WHEN (OLD.status = 'DRAFT' AND NEW.status <> 'DRAFT') EXECUTE FUNCTION hold_questions();

GRANT INSERT, UPDATE (title, job_title, description, status, version, updated_at) ON assessment TO parley_recruiter;
GRANT INSERT, DELETE ON question TO parley_recruiter;
GRANT INSERT ON competency, rubric_level TO parley_recruiter;
GRANT EXECUTE ON FUNCTION is_sent(uuid) TO parley_recruiter;

-- ---- Candidates --------------------------------------------------------------------

ALTER TABLE candidate
    ADD COLUMN updated_at timestamptz NOT NULL DEFAULT now(),
    ADD COLUMN searched text NOT NULL GENERATED ALWAYS AS (lower(name || ' ' || email)) STORED,
    ADD CHECK (pipeline_stage IN ('APPLIED', 'SCREENING', 'INTERVIEW', 'OFFER', 'HIRED', 'REJECTED'));
-- One person, one row: whoever applies again is found again.
CREATE UNIQUE INDEX candidate_email ON candidate (organization_id, lower(email));
CREATE INDEX candidate_newest ON candidate (organization_id, created_at DESC, id DESC);
CREATE INDEX candidate_stage ON candidate (organization_id, pipeline_stage, created_at DESC, id DESC);
-- Read far more often than written.
CREATE INDEX candidate_searched ON candidate USING gin (searched gin_trgm_ops) WITH (fastupdate = off);

-- The caller's candidates, newest first: those who have every word of `search` somewhere in their
-- name or address, after the one that a page ended with. A null asks for nothing.
--
-- It works as the gate because LIKE is not leakproof: under row level security it would not be
-- looked up in the index. Nor may the planner then look at how common a word is, so both ways are
-- taken in turn: a common word fills the page from the newest candidates, a rare one has few
-- entries in the index.
CREATE FUNCTION find_candidates(search text, stage text, after_moment timestamptz, after_id uuid, most integer)
RETURNS SETOF candidate LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    words text := (
        SELECT string_agg(format(' AND searched LIKE %L', '%' || regexp_replace(word, '([\\%_])', '\\\1', 'g') || '%'), '')
        FROM regexp_split_to_table(lower(search), '\s+') AS word WHERE word <> '');
    candidates text := '
        SELECT * FROM candidate
        WHERE organization_id = $1 AND ($2 IS NULL OR pipeline_stage = $2)
            AND ($3 IS NULL OR (created_at, id) < ($3, $4))';
    newest_first text := ' ORDER BY created_at DESC, id DESC';
    found integer;
BEGIN
    IF words IS NULL THEN
        RETURN QUERY EXECUTE candidates || newest_first || ' LIMIT $5'
            USING caller_organization(), stage, after_moment, after_id, most;
        RETURN;
    END IF;
    RETURN QUERY EXECUTE
        'SELECT * FROM (' || candidates || newest_first || ' LIMIT 1000) newest WHERE true' || words || newest_first || ' LIMIT $5'
        USING caller_organization(), stage, after_moment, after_id, most;
    GET DIAGNOSTICS found = ROW_COUNT;
    IF found < most THEN
        RETURN QUERY EXECUTE candidates || words || newest_first || ' LIMIT $5 OFFSET $6'
            USING caller_organization(), stage, after_moment, after_id, most - found, found;
    END IF;
END $$;

CREATE POLICY gate ON candidate FOR SELECT TO parley_gate USING (true);
GRANT SELECT ON candidate TO parley_gate;
GRANT INSERT, UPDATE (name, email, phone, pipeline_stage, updated_at) ON candidate TO parley_recruiter;

RESET ROLE;
ALTER FUNCTION find_candidates(text, text, timestamptz, uuid, integer) OWNER TO parley_gate;
GRANT EXECUTE ON FUNCTION find_candidates(text, text, timestamptz, uuid, integer) TO parley_recruiter;
