-- Live interviews, held at a time with people of the organisation and scored by the same evaluations;
-- what analytics ask for, by index; and mail that comes back by mail.

SET LOCAL ROLE parley_owner;

-- ---- Live interviews -------------------------------------------------------------------

-- Those without an asynchronous one behind them.
ALTER TABLE interview
    DROP CONSTRAINT interview_status_check,
    ADD CONSTRAINT interview_status_check CHECK (status IN ('SCHEDULED', 'IN_PROGRESS', 'COMPLETED', 'CANCELLED', 'NO_SHOW')),
    ADD COLUMN ends_at timestamptz,
    -- In which people read the time: a name of the IANA's list.
    ADD COLUMN time_zone text,
    ADD COLUMN place text,
    ADD COLUMN meeting_url text,
    -- For everybody who is invited.
    ADD COLUMN note text,
    ADD COLUMN cancel_reason text,
    -- Of the calendar's entry (RFC 5545): one more with each change that people are told of.
    ADD COLUMN sequence integer NOT NULL DEFAULT 0,
    ADD COLUMN created_by_id uuid,
    ADD COLUMN created_at timestamptz NOT NULL DEFAULT now(),
    -- The version: when it changed last, in milliseconds.
    ADD COLUMN changed_at timestamptz NOT NULL DEFAULT date_trunc('milliseconds', now()),
    ADD CHECK (ends_at - scheduled_at BETWEEN interval '15 minutes' AND interval '8 hours'),
    ADD CHECK (async_interview_id IS NOT NULL OR num_nonnulls(scheduled_at, ends_at, time_zone, created_by_id) = 4),
    ADD FOREIGN KEY (organization_id, created_by_id) REFERENCES account (organization_id, id);
CREATE INDEX interview_live ON interview (organization_id, scheduled_at, id) WHERE async_interview_id IS NULL;
CREATE INDEX interview_live_candidate ON interview (candidate_id, scheduled_at) WHERE async_interview_id IS NULL;

-- Who holds a live interview, and scores it.
CREATE TABLE interviewer (
    organization_id uuid NOT NULL,
    interview_id uuid NOT NULL,
    account_id uuid NOT NULL,
    PRIMARY KEY (interview_id, account_id),
    FOREIGN KEY (organization_id, interview_id) REFERENCES interview (organization_id, id) ON DELETE CASCADE,
    FOREIGN KEY (organization_id, account_id) REFERENCES account (organization_id, id) ON DELETE CASCADE
);
CREATE INDEX interviewer_account ON interviewer (account_id, interview_id);

-- Whether it is a time zone of the IANA's list. PostgreSQL takes rules in place of names as well,
-- which mean another thing than they seem to.
CREATE FUNCTION is_time_zone(zone text) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
    IF zone !~ '^(UTC|[A-Za-z_]+(/[A-Za-z_-]+){1,2}|Etc/GMT[+-][0-9]{1,2})$' THEN RETURN false; END IF;
    PERFORM now() AT TIME ZONE zone;
    RETURN true;
EXCEPTION WHEN invalid_parameter_value THEN
    RETURN false;
END $$;

-- A time as people of a zone read it: `Tuesday, 24 November 2026, 10:00`.
CREATE FUNCTION local_time(moment timestamptz, zone text) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT to_char(moment AT TIME ZONE zone, 'FMDay, FMDD FMMonth YYYY, HH24:MI')
$$;

-- Whoever scheduled a live interview and administrators run it: they move and cancel it.
CREATE FUNCTION runs_live_interview(live uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT FROM interview i JOIN account a ON a.id = caller_account()
        WHERE i.id = live AND (i.created_by_id = a.id OR a.role = 'ADMIN'))
$$;
CREATE FUNCTION holds_live_interview(live uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT FROM interviewer WHERE interview_id = live AND account_id = caller_account())
$$;

-- The scheduled live interviews of a candidate and of interviewers that overlap a time, but for one.
-- None is longer than eight hours.
CREATE FUNCTION live_conflicts(candidate uuid, interviewers uuid[], starts timestamptz, ends timestamptz, but_for uuid)
RETURNS json LANGUAGE sql STABLE AS $$
    SELECT coalesce(json_agg(json_build_object(
        'role', role, 'person', json_build_object('id', person, 'name', name), 'interviewId', id, 'scheduledAt', scheduled_at,
        'endsAt', ends_at) ORDER BY scheduled_at, role, name, person), '[]')
    FROM (
        SELECT 'CANDIDATE' AS role, c.id AS person, c.name, i.id, i.scheduled_at, i.ends_at, i.status, i.async_interview_id
        FROM interview i JOIN candidate c ON c.id = i.candidate_id WHERE i.candidate_id = candidate
        UNION ALL
        SELECT 'INTERVIEWER', a.id, a.name, i.id, i.scheduled_at, i.ends_at, i.status, i.async_interview_id
        FROM interviewer w JOIN account a ON a.id = w.account_id JOIN interview i ON i.id = w.interview_id
        WHERE w.account_id = ANY (interviewers)) busy
    WHERE async_interview_id IS NULL AND status = 'SCHEDULED' AND id IS DISTINCT FROM but_for
        AND scheduled_at < ends AND scheduled_at > starts - interval '8 hours' AND ends_at > starts
$$;

-- Makes whoever schedules the same people at once do so one after the other.
CREATE FUNCTION hold_calendars(people uuid[]) RETURNS void LANGUAGE sql AS $$
    SELECT pg_advisory_xact_lock(hashtextextended('calendar ' || id, 0)) FROM (SELECT unnest(people) AS id ORDER BY 1) sorted
$$;

-- Whether somebody has scored every question of a live interview.
CREATE FUNCTION has_scored_all(live uuid, evaluator uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT NOT EXISTS (
        SELECT FROM interview i JOIN question q ON q.assessment_id = i.assessment_id
        WHERE i.id = live AND NOT EXISTS (
            SELECT FROM evaluation e WHERE e.interview_id = live AND e.question_id = q.id AND e.evaluator_id = evaluator))
$$;

-- Whether the caller may see what others gave: an interviewer once their own scores are complete,
-- everybody else once all interviewers' are.
CREATE FUNCTION sees_live_scores(live uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN holds_live_interview(live) THEN has_scored_all(live, caller_account())
        ELSE NOT EXISTS (
            SELECT FROM interviewer w WHERE w.interview_id = live AND NOT has_scored_all(live, w.account_id)) END
$$;

-- What is asked in a live interview, with rubrics, in order.
CREATE FUNCTION live_questions(assessment uuid) RETURNS json LANGUAGE sql STABLE AS $$
    SELECT coalesce(json_agg(json_build_object(
        'id', q.id, 'position', q.position, 'content', q.content, 'weight', q.weight,
        'competency', json_build_object('id', k.id, 'name', k.name, 'description', k.description),
        'rubricLevels', (SELECT coalesce(json_agg(json_build_object(
                'level', r.level, 'label', r.label, 'description', r.description,
                'behavioralAnchors', r.behavioral_anchors) ORDER BY r.level), '[]')
            FROM rubric_level r WHERE r.question_id = q.id)) ORDER BY q.position), '[]')
    FROM question q JOIN competency k ON k.id = q.competency_id WHERE q.assessment_id = live_questions.assessment
$$;

-- Who holds a live interview, with how many of its questions each has scored.
CREATE FUNCTION live_interviewers(live uuid) RETURNS json LANGUAGE sql STABLE AS $$
    SELECT coalesce(json_agg(json_build_object(
        'id', a.id, 'name', a.name,
        'scored', (SELECT count(*) FROM evaluation e WHERE e.interview_id = live AND e.evaluator_id = a.id),
        'isDone', has_scored_all(live, a.id)) ORDER BY a.name, a.id), '[]')
    FROM interviewer w JOIN account a ON a.id = w.account_id WHERE w.interview_id = live
$$;

-- Live interviews as answers show them.
CREATE VIEW live_interview WITH (security_invoker = true) AS
SELECT i.id, i.organization_id, i.candidate_id, i.assessment_id, i.status,
    json_build_object('id', c.id, 'name', c.name, 'email', c.email) AS candidate,
    json_build_object('id', a.id, 'title', a.title, 'jobTitle', a.job_title) AS assessment,
    c.searched || ' ' || lower(a.title || ' ' || a.job_title) AS searched,
    i.scheduled_at, i.ends_at, (extract(epoch FROM i.ends_at - i.scheduled_at) / 60)::integer AS duration_minutes,
    i.time_zone, i.place, i.meeting_url, i.note, i.cancel_reason, i.sequence,
    json_build_object('id', u.id, 'name', u.name) AS created_by, i.created_at, i.changed_at,
    live_interviewers(i.id) AS interviewers, (SELECT count(*) FROM question q WHERE q.assessment_id = i.assessment_id) AS question_count,
    runs_live_interview(i.id) AS may_change, holds_live_interview(i.id) AS may_score
FROM interview i JOIN candidate c ON c.id = i.candidate_id JOIN assessment a ON a.id = i.assessment_id
JOIN account u ON u.id = i.created_by_id
WHERE i.async_interview_id IS NULL;

-- The patterns of LIKE for the words that somebody searches for.
CREATE FUNCTION search_patterns(search text) RETURNS text[] LANGUAGE sql IMMUTABLE AS $$
    SELECT ARRAY(SELECT '%' || regexp_replace(word, '([\\%_])', '\\\1', 'g') || '%'
        FROM regexp_split_to_table(lower(search), '\s+') AS word WHERE word <> '')
$$;

CALL isolate(ARRAY['interviewer']::regclass[]);
GRANT SELECT ON live_interview TO parley_recruiter;
CREATE POLICY managed ON interviewer AS RESTRICTIVE FOR INSERT TO parley_recruiter
    WITH CHECK (runs_live_interview(interview_id));
CREATE POLICY unmanaged ON interviewer AS RESTRICTIVE FOR DELETE TO parley_recruiter
    USING (runs_live_interview(interview_id));
GRANT SELECT, INSERT, DELETE ON interviewer TO parley_recruiter;
GRANT SELECT ON interviewer TO parley_service;
GRANT UPDATE (scheduled_at, ends_at, time_zone, place, meeting_url, note, cancel_reason, sequence, changed_at) ON interview TO parley_recruiter;
GRANT EXECUTE ON FUNCTION is_time_zone(text), runs_live_interview(uuid), holds_live_interview(uuid),
    live_conflicts(uuid, uuid[], timestamptz, timestamptz, uuid), hold_calendars(uuid[]), has_scored_all(uuid, uuid),
    sees_live_scores(uuid), live_questions(uuid), live_interviewers(uuid), search_patterns(text) TO parley_recruiter;
GRANT EXECUTE ON FUNCTION local_time(timestamptz, text) TO parley_recruiter, parley_service;

-- ---- Mails -----------------------------------------------------------------------------

-- About an asynchronous interview or about a live one, of which each person gets a mail of their own.
ALTER TABLE mail
    ALTER async_interview_id DROP NOT NULL,
    ADD COLUMN interview_id uuid,
    ADD FOREIGN KEY (organization_id, interview_id) REFERENCES interview (organization_id, id) ON DELETE CASCADE,
    ADD CHECK (num_nonnulls(async_interview_id, interview_id) = 1),
    DROP CONSTRAINT mail_kind_check,
    ADD CONSTRAINT mail_kind_check CHECK (kind IN (
        'invitation', 'reminder', 'receipt', 'deadline-changed', 'cancelled', 'ready-to-review',
        'live-scheduled', 'live-moved', 'live-cancelled'));
CREATE INDEX mail_live_interview ON mail (interview_id, created_at) WHERE interview_id IS NOT NULL;

CREATE OR REPLACE VIEW undelivered_mail WITH (security_invoker = true) AS
SELECT * FROM mail m
WHERE state IN ('failed', 'bounced') AND NOT EXISTS (
    SELECT FROM mail later
    WHERE later.async_interview_id = m.async_interview_id AND later.kind = m.kind AND later.created_at > m.created_at
        AND later.state IN ('sending', 'sent'))
    AND NOT EXISTS (
    SELECT FROM mail later
    WHERE later.interview_id = m.interview_id AND later.recipient = m.recipient AND later.created_at > m.created_at
        AND later.state IN ('sending', 'sent'));

-- Notes that a mail came back, by the id of the delivery that asked for it. What is told too late
-- is about an address that may have been put right since.
CREATE FUNCTION bounce_mail(delivery text, why text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    held mail;
BEGIN
    SELECT * INTO held FROM mail WHERE delivery_id = delivery FOR UPDATE;
    IF NOT FOUND THEN RETURN 'unknown'; END IF;
    IF held.state NOT IN ('sending', 'sent') THEN RETURN 'known'; END IF;
    IF held.updated_at < now() - interval '30 days' THEN RETURN 'old'; END IF;
    UPDATE mail SET state = 'bounced', reason = why, updated_at = now() WHERE id = held.id;
    RETURN 'noted';
END $$;

-- ---- Analytics ---------------------------------------------------------------------------

CREATE INDEX async_interview_invited_assessment ON async_interview (organization_id, assessment_id, invitation_sent_at DESC);

-- The caller's interviews that were sent in a time, the last `most` of them: all, or those of one
-- assessment. Two queries, so that each is answered by its own index.
CREATE FUNCTION sent_interviews(starts timestamptz, ends timestamptz, assessment uuid, most integer)
RETURNS SETOF async_interview LANGUAGE plpgsql STABLE AS $$
BEGIN
    IF assessment IS NULL THEN
        RETURN QUERY SELECT * FROM async_interview i
            WHERE i.invitation_sent_at >= starts AND i.invitation_sent_at < ends ORDER BY i.invitation_sent_at DESC LIMIT most;
    ELSE
        RETURN QUERY SELECT * FROM async_interview i
            WHERE i.assessment_id = assessment AND i.invitation_sent_at >= starts AND i.invitation_sent_at < ends
            ORDER BY i.invitation_sent_at DESC LIMIT most;
    END IF;
END $$;
GRANT EXECUTE ON FUNCTION sent_interviews(timestamptz, timestamptz, uuid, integer) TO parley_recruiter;
GRANT SELECT (id, organization_id, async_interview_id, begun_at, verdict) ON device_check TO parley_recruiter;

RESET ROLE;
ALTER FUNCTION bounce_mail(text, text) OWNER TO parley_gate;
GRANT EXECUTE ON FUNCTION bounce_mail(text, text) TO parley_service;
