-- Recruiters run many interviews at once: cancelling, other deadlines, drafts that change, and
-- lists and search that answer as quickly however many there are.

SET LOCAL ROLE parley_owner;

-- ---- Cancelling and changing ----------------------------------------------------------

ALTER TABLE async_interview
    DROP CONSTRAINT async_interview_status_check,
    ADD CONSTRAINT async_interview_status_check CHECK (status IN (
        'DRAFT', 'SENT', 'OPENED', 'IN_PROGRESS', 'SUBMITTED', 'EXPIRED', 'REVIEWED', 'CANCELLED')),
    ADD COLUMN cancelled_at timestamptz,
    -- The version of what is configured: when it changed last, in milliseconds.
    ADD COLUMN configured_at timestamptz NOT NULL DEFAULT date_trunc('milliseconds', now());

-- Where an interview stands apart from having been cancelled or having expired.
CREATE FUNCTION status_before(async_interview) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE
        WHEN $1.submitted_at IS NOT NULL THEN 'SUBMITTED'
        WHEN $1.started_at IS NOT NULL THEN 'IN_PROGRESS'
        WHEN $1.opened_at IS NOT NULL THEN 'OPENED'
        WHEN $1.invitation_sent_at IS NOT NULL THEN 'SENT'
        ELSE 'DRAFT'
    END
$$;

-- A draft that was cancelled was sent to nobody.
CREATE OR REPLACE FUNCTION is_sent(assessment uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT FROM async_interview
        WHERE assessment_id = assessment AND status <> 'DRAFT'
            AND NOT (status = 'CANCELLED' AND invitation_sent_at IS NULL))
$$;

GRANT UPDATE (
    assessment_id, candidate_id, time_limit_seconds, think_time_seconds, retake_policy, deadline_at, intro_message,
    outro_message, invitation_email, cancelled_at, configured_at) ON async_interview TO parley_recruiter;
GRANT UPDATE (assessment_id, candidate_id, status) ON interview TO parley_recruiter;
GRANT EXECUTE ON FUNCTION status_before(async_interview) TO parley_recruiter;

-- ---- Lists and search -----------------------------------------------------------------

-- In the order of the list, for each thing that it can be filtered by.
DROP INDEX async_interview_status, async_interview_assessment;
CREATE INDEX async_interview_status ON async_interview (organization_id, status, created_at DESC, id DESC);
CREATE INDEX async_interview_assessment ON async_interview (organization_id, assessment_id, created_at DESC, id DESC);
CREATE INDEX async_interview_assessment_status
    ON async_interview (organization_id, assessment_id, status, created_at DESC, id DESC);
CREATE INDEX async_interview_recommendation ON async_interview (organization_id, recommendation, created_at DESC, id DESC)
    WHERE recommendation IS NOT NULL;
-- Those for which a deadline still means something.
CREATE INDEX async_interview_open_deadline ON async_interview (organization_id, status, deadline_at)
    WHERE status IN ('SENT', 'OPENED', 'IN_PROGRESS');

-- The conditions of which an interview has to meet one in order to have one of `statuses` as of
-- now and the deadline that `due` asks for. An expired interview may still be stored as what it was.
CREATE FUNCTION status_conditions(statuses text[], due text) RETURNS text[] LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN statuses IS NULL AND due IS NULL THEN ARRAY['true'] ELSE ARRAY(
        SELECT concat(format('status = %L', stored),
            CASE WHEN stored IN ('SENT', 'OPENED', 'IN_PROGRESS') THEN format(' AND status_now(status, deadline_at) = %L', asked) END,
            CASE WHEN asked = 'EXPIRED' AND stored <> asked OR due = 'passed' THEN ' AND deadline_at <= now()' END,
            CASE due WHEN 'soon' THEN ' AND deadline_at > now() AND deadline_at <= now() + interval ''48 hours''' END)
        FROM unnest(ARRAY['DRAFT', 'SENT', 'OPENED', 'IN_PROGRESS', 'SUBMITTED', 'EXPIRED', 'REVIEWED', 'CANCELLED']) AS asked
        CROSS JOIN LATERAL unnest(
            CASE asked WHEN 'EXPIRED' THEN ARRAY['EXPIRED', 'SENT', 'OPENED', 'IN_PROGRESS'] ELSE ARRAY[asked] END) AS stored
        WHERE (statuses IS NULL OR asked = ANY (statuses))
            AND (due IS DISTINCT FROM 'soon' OR asked IN ('SENT', 'OPENED', 'IN_PROGRESS'))
            AND (due IS DISTINCT FROM 'passed' OR asked IN ('EXPIRED', 'IN_PROGRESS'))) END
$$;

-- A query for the caller's interviews in the list's order: `columns` of at most `most` of those that
-- meet one of `conditions` and what is `asked` besides. Each condition is looked up by itself.
CREATE FUNCTION interview_query(columns text, conditions text[], asked text, most integer) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT format('SELECT * FROM (%s) listed ORDER BY created_at DESC, id DESC LIMIT %s', string_agg(format(
            '(SELECT %s FROM async_interview WHERE organization_id = $1 AND %s%s ORDER BY created_at DESC, id DESC LIMIT %s)',
            columns, condition, asked, most), ' UNION ALL '), most)
    FROM unnest(conditions) AS condition
$$;

-- ---- Searching: each word is to be somewhere in the candidate's name or address, or in the
-- assessment's or the job's title. It is done as the gate for the reason that `find_candidates` gives.

-- The caller's assessments, by those of the words (patterns of LIKE) that their titles leave to the candidate.
CREATE FUNCTION titles_with(words text[]) RETURNS TABLE (ids uuid[], left_over text[], is_only boolean) LANGUAGE sql STABLE AS $$
    SELECT array_agg(a.id), said.left_over, count(*) OVER () = 1 FROM assessment a CROSS JOIN LATERAL (
        SELECT ARRAY(SELECT word FROM unnest(words) AS word WHERE lower(a.title || ' ' || a.job_title) NOT LIKE word) AS left_over) said
    WHERE a.organization_id = caller_organization() GROUP BY said.left_over
$$;

-- A query for those of the newest `span` interviews that have the words. For common words.
CREATE FUNCTION newest_with(words text[], conditions text[], asked text, span integer) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT 'SELECT id, created_at FROM ('
        || interview_query('id, created_at, candidate_id, assessment_id', conditions, asked, span) || ') newest WHERE CASE'
        || string_agg(
            CASE WHEN is_only THEN ' WHEN true' ELSE format(' WHEN assessment_id = ANY (%L::uuid[])', ids) END || ' THEN '
            || CASE WHEN left_over = '{}' THEN 'true'
                ELSE format('(SELECT searched LIKE ALL (%L::text[]) FROM candidate c WHERE c.id = candidate_id)', left_over) END, '')
        || ' END ORDER BY created_at DESC, id DESC'
    FROM titles_with(words)
$$;

-- The newest that have the words, up to `most` by each kind of titles. For words that few candidates
-- or some titles have.
CREATE FUNCTION every_with(words text[], conditions text[], asked text, most integer) RETURNS TABLE (id uuid, created_at timestamptz)
LANGUAGE plpgsql STABLE AS $$
DECLARE
    titles record;
    titled text;
    people uuid[];
    every text;
    found integer;
BEGIN
    FOR titles IN SELECT * FROM titles_with(words) LOOP
        found := 0;
        titled := asked || CASE WHEN titles.is_only THEN '' ELSE ' AND assessment_id = ANY ($2)' END;
        IF titles.left_over = '{}' THEN
            every := 'SELECT had.* FROM unnest($2) AS a (id) CROSS JOIN LATERAL ('
                || interview_query('id, created_at', conditions, asked || ' AND assessment_id = a.id', most) || ') had';
        ELSE
            -- What is common among these titles is among their newest interviews.
            IF titles.left_over <> words THEN
                RETURN QUERY EXECUTE 'SELECT id, created_at FROM ('
                    || interview_query('id, created_at, candidate_id', conditions, titled, 100)
                    || ') newest WHERE (SELECT searched LIKE ALL ($3) FROM candidate c WHERE c.id = candidate_id) LIMIT ' || most
                    USING caller_organization(), titles.ids, titles.left_over;
                GET DIAGNOSTICS found = ROW_COUNT;
                CONTINUE WHEN found = most;
            END IF;
            EXECUTE 'SELECT array_agg(id) FROM candidate WHERE organization_id = $1'
                || (SELECT string_agg(format(' AND searched LIKE %L', word), '') FROM unnest(titles.left_over) AS word)
                INTO people USING caller_organization();
            CONTINUE WHEN people IS NULL;
            -- Few have few interviews, which are sorted; of many there are some among the newest.
            every := CASE WHEN cardinality(people) <= 100
                THEN 'SELECT had.* FROM unnest($3) AS c (id) CROSS JOIN LATERAL ('
                    || interview_query('id, created_at', conditions, titled || ' AND candidate_id = c.id', most) || ') had'
                ELSE interview_query('id, created_at', conditions, titled || ' AND candidate_id = ANY ($3)', most) END;
        END IF;
        RETURN QUERY EXECUTE format('SELECT * FROM (%s) every ORDER BY created_at DESC, id DESC LIMIT %s OFFSET %s', every, most - found, found)
            USING caller_organization(), titles.ids, people;
    END LOOP;
END $$;

CREATE FUNCTION search_interviews(search text, conditions text[], asked text, most integer)
RETURNS TABLE (id uuid, created_at timestamptz)
LANGUAGE plpgsql STABLE AS $$
DECLARE
    words text[] := ARRAY(
        SELECT '%' || regexp_replace(word, '([\\%_])', '\\\1', 'g') || '%'
        FROM regexp_split_to_table(lower(search), '\s+') AS word WHERE word <> '');
    first constant integer := 250;
    found integer;
    more integer;
BEGIN
    IF NOT EXISTS (SELECT FROM titles_with(words)) THEN
        RETURN; -- Without assessments there is no interview.
    END IF;
    -- The newest tell how common the words are.
    RETURN QUERY EXECUTE newest_with(words, conditions, asked, first) || ' LIMIT ' || most USING caller_organization();
    GET DIAGNOSTICS found = ROW_COUNT;
    IF found BETWEEN 4 AND most - 1 THEN
        RETURN QUERY EXECUTE newest_with(words, conditions, asked, 2 * first * most / found)
            || format(' LIMIT %s OFFSET %s', most - found, found) USING caller_organization();
        GET DIAGNOSTICS more = ROW_COUNT;
        found := found + more;
    END IF;
    IF found < most THEN
        RETURN QUERY SELECT e.id, e.created_at FROM every_with(words, conditions, asked, most) e
            ORDER BY e.created_at DESC, e.id DESC LIMIT most - found OFFSET found;
    END IF;
END $$;

-- The caller's interviews, newest first, after the one that a page ended with. A null asks for
-- nothing. `statuses` are those as of now; `due` is 'soon' (within 48 hours, not submitted) or
-- 'passed' (without having been submitted).
--
-- What is asked for stands in the text of the query, and nothing else does, so that the planner
-- finds the index for each combination.
CREATE FUNCTION find_interviews(
    search text, statuses text[], candidate uuid, assessment uuid, recommended text, due text,
    after_moment timestamptz, after_id uuid, most integer)
RETURNS TABLE (id uuid, created_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    conditions text[] := status_conditions(statuses, due);
    asked text := concat(
        CASE WHEN candidate IS NOT NULL THEN format(' AND candidate_id = %L', candidate) END,
        CASE WHEN assessment IS NOT NULL THEN format(' AND assessment_id = %L', assessment) END,
        CASE WHEN recommended IS NOT NULL THEN format(' AND recommendation = %L', recommended) END,
        CASE WHEN after_moment IS NOT NULL THEN format(' AND (created_at, id) < (%L, %L)', after_moment, after_id) END);
BEGIN
    IF conditions = '{}' THEN
        RETURN;
    ELSIF search IS NULL THEN
        RETURN QUERY EXECUTE interview_query('id, created_at', conditions, asked, most) USING caller_organization();
    ELSE
        RETURN QUERY SELECT * FROM search_interviews(search, conditions, asked, most);
    END IF;
END $$;

CREATE POLICY gate ON assessment FOR SELECT TO parley_gate USING (true);
GRANT SELECT (id, organization_id, title, job_title) ON assessment TO parley_gate;
GRANT EXECUTE ON FUNCTION status_conditions(text[], text), interview_query(text, text[], text, integer),
    titles_with(text[]), newest_with(text[], text[], text, integer), every_with(text[], text[], text, integer),
    search_interviews(text, text[], text, integer) TO parley_gate;

RESET ROLE;

-- As before, and whoever holds the link of a cancelled interview is told so.
CREATE OR REPLACE FUNCTION candidate_session(hash bytea, traceparent text, purpose text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    held async_interview;
BEGIN
    SELECT * INTO held FROM async_interview WHERE invitation_token_hash = hash;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'This interview link is not valid. Please check that it was copied whole.' USING ERRCODE = 'PA401';
    ELSIF held.status = 'DRAFT' THEN
        RAISE EXCEPTION 'This interview has not been sent yet.' USING ERRCODE = 'PA403';
    ELSIF held.status = 'CANCELLED' THEN
        RAISE EXCEPTION 'This interview was withdrawn. If you have questions, write to %.',
            (SELECT email FROM account WHERE id = held.created_by_id) USING ERRCODE = 'PAW10';
    ELSIF held.status IN ('SUBMITTED', 'REVIEWED') THEN
        IF purpose <> 'read' THEN
            RAISE EXCEPTION 'This interview was submitted and can no longer be changed.' USING ERRCODE = 'PA409';
        END IF;
    ELSIF status_now(held.status, held.deadline_at) = 'EXPIRED' OR purpose = 'begin' AND held.deadline_at <= now() THEN
        RAISE EXCEPTION '%', deadline_notice(held.created_by_id) USING ERRCODE = 'PA410';
    END IF;
    PERFORM set_config('app.organization', held.organization_id::text, true),
        set_config('app.interview', held.id::text, true),
        set_config('app.traceparent', traceparent, true);
END $$;

ALTER FUNCTION find_interviews(text, text[], uuid, uuid, text, text, timestamptz, uuid, integer) OWNER TO parley_gate;
GRANT EXECUTE ON FUNCTION find_interviews(text, text[], uuid, uuid, text, text, timestamptz, uuid, integer) TO parley_recruiter;
