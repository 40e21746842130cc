-- What was written to whom about an interview and what became of it; and what is planned for its
-- deadline.

SET LOCAL ROLE parley_owner;

-- ---- Mails ---------------------------------------------------------------------------

CREATE TABLE mail (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    organization_id uuid NOT NULL,
    async_interview_id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('invitation', 'reminder', 'receipt', 'deadline-changed', 'cancelled', 'ready-to-review')),
    -- Of the event that asked for it: another attempt is the same mail.
    delivery_id text NOT NULL UNIQUE,
    recipient text NOT NULL,
    subject text NOT NULL,
    message_id text NOT NULL,
    -- The id that the service which sent it knows it by; null for a mail server, which has none.
    transport_id text,
    -- sending: not taken yet. sent: a server took responsibility. failed: nobody will. bounced: it
    -- was taken and came back. skipped: it had become pointless before it was taken.
    state text NOT NULL DEFAULT 'sending' CHECK (state IN ('sending', 'sent', 'failed', 'bounced', 'skipped')),
    -- Why not, in the words of whoever refused it last; null once it was sent.
    reason text,
    attempts integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    sent_at timestamptz,
    updated_at timestamptz NOT NULL DEFAULT now(),
    FOREIGN KEY (organization_id, async_interview_id) REFERENCES async_interview (organization_id, id) ON DELETE CASCADE
);
CREATE INDEX mail_interview ON mail (async_interview_id, created_at);
CREATE INDEX mail_transport ON mail (transport_id);
CREATE INDEX mail_undelivered ON mail (organization_id, updated_at DESC) WHERE state IN ('failed', 'bounced');

-- Mails that somebody has to look after: they did not arrive, and none of their kind has since.
CREATE VIEW undelivered_mail WITH (security_invoker = true) AS
SELECT * FROM mail m
WHERE state IN ('failed', 'bounced') AND NOT EXISTS (
    SELECT FROM mail later
    WHERE later.async_interview_id = m.async_interview_id AND later.kind = m.kind AND later.created_at > m.created_at
        AND later.state IN ('sending', 'sent'));

-- A delivery that is given up takes its mail with it.
CREATE FUNCTION give_up_mail() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE mail SET state = 'failed', updated_at = now() WHERE delivery_id = NEW.id::text AND state = 'sending';
    RETURN NULL;
END $$;
CREATE TRIGGER give_up_mail AFTER UPDATE OF state ON delivery FOR EACH ROW WHEN (NEW.state = 'dead')
    EXECUTE FUNCTION give_up_mail();

-- What a sending service reports of a mail later on. Its own id may come before we have stored it;
-- the delivery's travels with the mail. False when it is none of ours.
CREATE FUNCTION report_mail(delivery text, service_id text, new_state text, why text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE mail SET state = new_state, reason = why, transport_id = coalesce(transport_id, service_id), updated_at = now()
    WHERE delivery_id = delivery OR transport_id = service_id;
    RETURN FOUND;
END $$;

-- ---- Deadlines -----------------------------------------------------------------------

-- What is planned for an interview's deadline. Events that were planned for another one, or by an
-- earlier plan, find that theirs does not hold any more and do nothing.
CREATE TABLE deadline_plan (
    async_interview_id uuid PRIMARY KEY,
    organization_id uuid NOT NULL,
    id uuid NOT NULL DEFAULT uuidv7(),
    deadline_at timestamptz NOT NULL,
    -- Null when there is too little time for a reminder to help.
    reminder_at timestamptz,
    planned_at timestamptz NOT NULL DEFAULT now(),
    FOREIGN KEY (organization_id, async_interview_id) REFERENCES async_interview (organization_id, id) ON DELETE CASCADE
);

-- When the last quarter of the time begins, but at most a day before the deadline; null for less
-- than four hours.
CREATE FUNCTION reminder_at(deadline_at timestamptz) RETURNS timestamptz LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN deadline_at >= now() + interval '4 hours'
        THEN deadline_at - least(interval '24 hours', (deadline_at - now()) / 4) END
$$;

-- Whether a candidate can still do something about an interview: it was sent and its deadline has
-- not passed.
CREATE FUNCTION is_open(status text, deadline_at timestamptz) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT status IN ('SENT', 'OPENED', 'IN_PROGRESS') AND deadline_at > now()
$$;

-- Plans for the deadline that an open interview has now, once for each.
CREATE PROCEDURE plan_deadline(interview uuid) LANGUAGE plpgsql AS $$
DECLARE
    plan deadline_plan;
    told jsonb;
BEGIN
    -- The lock, so that of two who plan at once the last one knows the newest deadline.
    PERFORM FROM async_interview WHERE id = interview FOR UPDATE;
    INSERT INTO deadline_plan AS old (async_interview_id, organization_id, deadline_at, reminder_at)
    SELECT id, organization_id, i.deadline_at, reminder_at(i.deadline_at) FROM async_interview i
    WHERE id = interview AND is_open(status, i.deadline_at)
    ON CONFLICT (async_interview_id) DO UPDATE SET
        id = excluded.id, deadline_at = excluded.deadline_at, reminder_at = excluded.reminder_at, planned_at = now()
        WHERE old.deadline_at <> excluded.deadline_at
    RETURNING * INTO plan;
    IF NOT FOUND THEN RETURN; END IF;
    told := jsonb_build_object('interviewId', interview, 'deadlineAt', plan.deadline_at, 'planId', plan.id);
    PERFORM emit('interview.deadline-passed', told, plan.deadline_at);
    IF plan.reminder_at IS NOT NULL THEN PERFORM emit('interview.reminder-due', told, plan.reminder_at); END IF;
END $$;

-- ---- Who reaches it ------------------------------------------------------------------

CALL isolate(ARRAY['mail', 'deadline_plan']::regclass[]);
CREATE POLICY gate ON mail TO parley_gate USING (true);
GRANT SELECT, UPDATE (state, reason, transport_id, updated_at) ON mail TO parley_gate;

GRANT SELECT ON mail, undelivered_mail, deadline_plan TO parley_recruiter;
GRANT SELECT, INSERT ON mail, deadline_plan TO parley_service;
GRANT UPDATE (recipient, subject, state, reason, attempts, transport_id, sent_at, updated_at) ON mail TO parley_service;
GRANT UPDATE (id, deadline_at, reminder_at, planned_at) ON deadline_plan TO parley_service;
GRANT UPDATE (status) ON async_interview, interview TO parley_service;
GRANT EXECUTE ON FUNCTION is_open(text, timestamptz) TO parley_recruiter, parley_service;
GRANT EXECUTE ON FUNCTION status_now(text, timestamptz), grace_ends_at(timestamptz), reminder_at(timestamptz) TO parley_service;
GRANT EXECUTE ON PROCEDURE plan_deadline(uuid) TO parley_service;

RESET ROLE;
ALTER FUNCTION give_up_mail() OWNER TO parley_gate;
ALTER FUNCTION report_mail(text, text, text, text) OWNER TO parley_gate;
GRANT EXECUTE ON FUNCTION report_mail(text, text, text, text) TO parley_service;

-- ---- Interviews that were sent before --------------------------------------------------

-- They expire too. (Who is subscribed is known only after the migrations.)
WITH plan AS (
    INSERT INTO deadline_plan (async_interview_id, organization_id, deadline_at)
    SELECT id, organization_id, deadline_at FROM async_interview WHERE status IN ('SENT', 'OPENED', 'IN_PROGRESS')
    RETURNING *
), told AS (
    INSERT INTO event (organization_id, topic, data)
    SELECT organization_id, 'interview.deadline-passed', jsonb_build_object(
        'interviewId', async_interview_id, 'deadlineAt', deadline_at, 'planId', id, 'organizationId', organization_id)
    FROM plan RETURNING id, organization_id, (data ->> 'deadlineAt')::timestamptz AS due
)
INSERT INTO delivery (organization_id, event_id, function, path, run_at)
SELECT organization_id, id, 'ExpireInterview', '/api/webhooks/deadlines/passed', due FROM told;
