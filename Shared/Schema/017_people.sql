-- What recruiters know of candidates, and how they invite them: notes, links handed over without
-- mail, and an interview as its candidate will see it before it exists.

SET LOCAL ROLE parley_owner;

-- ---- Candidates --------------------------------------------------------------------

-- What people of the organisation write about a candidate, for each other.
CREATE TABLE candidate_note (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    organization_id uuid NOT NULL,
    candidate_id uuid NOT NULL,
    author_id uuid NOT NULL,
    text text NOT NULL CHECK (char_length(text) BETWEEN 1 AND 5000),
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    FOREIGN KEY (organization_id, candidate_id) REFERENCES candidate (organization_id, id) ON DELETE CASCADE,
    FOREIGN KEY (organization_id, author_id) REFERENCES account (organization_id, id)
);
CREATE INDEX candidate_note_newest ON candidate_note (candidate_id, created_at DESC, id DESC);

-- A candidate's notes, newest first.
CREATE FUNCTION candidate_notes(candidate uuid) RETURNS json LANGUAGE sql STABLE AS $$
    SELECT coalesce(json_agg(json_build_object(
        'id', n.id, 'text', n.text, 'author', json_build_object('id', a.id, 'name', a.name),
        'isOwn', n.author_id = caller_account(), 'createdAt', n.created_at) ORDER BY n.created_at DESC, n.id DESC), '[]')
    FROM candidate_note n JOIN account a ON a.id = n.author_id
    WHERE n.candidate_id = candidate_notes.candidate
$$;

CALL isolate(ARRAY['candidate_note']::regclass[]);
-- Nobody writes in another's name, nor takes back what another wrote.
CREATE POLICY own_name ON candidate_note AS RESTRICTIVE FOR INSERT TO parley_recruiter
    WITH CHECK (author_id = (SELECT caller_account()));
CREATE POLICY own_notes ON candidate_note AS RESTRICTIVE FOR DELETE TO parley_recruiter
    USING (author_id = (SELECT caller_account()));
GRANT SELECT, INSERT, DELETE ON candidate_note TO parley_recruiter;
GRANT EXECUTE ON FUNCTION candidate_notes(uuid) TO parley_recruiter;

-- ---- Invitations -------------------------------------------------------------------

-- Whether the invitation is mailed; if not, whoever sent it hands over the link themselves.
ALTER TABLE async_interview ADD COLUMN is_mailed boolean NOT NULL DEFAULT true;
GRANT UPDATE (is_mailed) ON async_interview TO parley_recruiter;

-- An interview's settings with accommodations, as they hold for its candidate.
CREATE FUNCTION terms_of(
    time_limit integer, think_time integer, retake_policy text,
    time_multiplier numeric, without_limit boolean, extra_takes integer)
RETURNS TABLE (time_limit_seconds integer, think_time_seconds integer, untimed_thinking boolean, retakes_allowed integer)
LANGUAGE sql IMMUTABLE AS $$
    SELECT ceil(time_limit * coalesce(time_multiplier, 1))::integer, ceil(think_time * coalesce(time_multiplier, 1))::integer,
        coalesce(without_limit, false), retakes_allowed(retake_policy) + coalesce(extra_takes, 0)
$$;

CREATE OR REPLACE FUNCTION interview_terms(interview uuid) RETURNS TABLE (
    time_limit_seconds integer, think_time_seconds integer, untimed_thinking boolean, retakes_allowed integer)
LANGUAGE sql STABLE AS $$
    SELECT terms.*
    FROM async_interview i LEFT JOIN accommodation a ON a.async_interview_id = i.id
    CROSS JOIN LATERAL terms_of(
        i.time_limit_seconds, i.think_time_seconds, i.retake_policy, a.time_multiplier, a.untimed_thinking, a.extra_takes) terms
    WHERE i.id = interview
$$;

GRANT EXECUTE ON FUNCTION terms_of(integer, integer, text, numeric, boolean, integer) TO parley_candidate, parley_recruiter;
