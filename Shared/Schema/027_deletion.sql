-- Deleting recordings, interviews and people for good. What is deleted goes in one transaction with all that says
-- something about the person; what the blob store holds of it is written into a ledger in the same transaction, and is
-- removed until the store itself says that it is gone. What stays is a record without anything about the person.

DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'parley_eraser') THEN
        CREATE ROLE parley_eraser NOLOGIN;
    END IF;
END $$;
GRANT USAGE ON SCHEMA public TO parley_eraser;

SET LOCAL ROLE parley_owner;

-- ---- Records -------------------------------------------------------------------------------

-- One deletion: which, who wanted it, when, and how much it was. No text, no name, no address.
CREATE TABLE deletion (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    organization_id uuid NOT NULL REFERENCES organization,
    scope text NOT NULL CHECK (scope IN ('RECORDING', 'INTERVIEW', 'LIVE_INTERVIEW', 'PERSON')),
    -- What the answer, the interview or the candidate was known by.
    subject_id uuid NOT NULL,
    cause text NOT NULL CHECK (cause IN ('REQUEST', 'RETENTION')),
    -- Who asked for it; null where the retention period did.
    account_id uuid,
    -- As `deletion_counts` has them.
    counts jsonb NOT NULL,
    requested_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    -- When the last object was gone.
    completed_at timestamptz,
    UNIQUE (organization_id, id),
    CHECK ((cause = 'REQUEST') = (account_id IS NOT NULL)),
    FOREIGN KEY (organization_id, account_id) REFERENCES account (organization_id, id)
);
CREATE INDEX deletion_newest ON deletion (organization_id, requested_at DESC, id DESC);
CREATE INDEX deletion_subject ON deletion (subject_id, requested_at DESC);

-- The ledger: every object that has to go from the blob store. Keys are made of ids.
CREATE TABLE deleted_object (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    organization_id uuid NOT NULL,
    deletion_id uuid NOT NULL,
    key text NOT NULL,
    -- Of its upload in parts, as the store named it.
    upload_name text,
    -- Null where nothing had arrived as far as we knew.
    size_bytes bigint,
    -- Until then somebody may hold a permission to store it, and it is looked for again; clocks may differ.
    storable_until timestamptz NOT NULL,
    attempts integer NOT NULL DEFAULT 0,
    -- Why it could not be removed last time.
    problem text,
    -- When the store said that there is nothing.
    gone_at timestamptz,
    UNIQUE (deletion_id, key),
    FOREIGN KEY (organization_id, deletion_id) REFERENCES deletion (organization_id, id)
);
CREATE INDEX deleted_object_left ON deleted_object (deletion_id, id) WHERE gone_at IS NULL;

-- What analytics keep of deleted interviews: how many of an assessment, sent on a day, came how far.
CREATE TABLE interview_tally (
    organization_id uuid NOT NULL,
    assessment_id uuid NOT NULL,
    -- In UTC: when it was sent, or when a live one was to be.
    day date NOT NULL,
    reached text NOT NULL CHECK (reached IN ('invited', 'opened', 'started', 'submitted', 'reviewed', 'decided', 'live')),
    -- Why it ended before it was submitted, or how a live one ended; empty for what was submitted.
    ended text NOT NULL,
    many integer NOT NULL,
    PRIMARY KEY (organization_id, assessment_id, day, reached, ended),
    FOREIGN KEY (organization_id, assessment_id) REFERENCES assessment (organization_id, id)
);

-- So that whoever still holds a link is told what became of it.
CREATE TABLE deleted_invitation (
    token_hash bytea PRIMARY KEY,
    organization_id uuid NOT NULL REFERENCES organization,
    deleted_at timestamptz NOT NULL DEFAULT now()
);

CALL isolate(ARRAY['deletion', 'deleted_object', 'interview_tally', 'deleted_invitation']::regclass[]);
CREATE POLICY gate ON deleted_invitation FOR SELECT TO parley_gate USING (true);
GRANT SELECT ON deleted_invitation TO parley_gate;
GRANT SELECT ON deletion, deleted_object, interview_tally TO parley_recruiter;
GRANT SELECT ON deletion, deleted_object TO parley_service;
GRANT UPDATE (completed_at) ON deletion TO parley_service;
GRANT UPDATE (attempts, problem, gone_at) ON deleted_object TO parley_service;

-- A deletion as answers show it.
CREATE VIEW shown_deletion WITH (security_invoker = true) AS
SELECT d.id, d.scope, d.subject_id, d.cause, d.account_id, d.counts, d.requested_at, d.completed_at,
    (SELECT count(*) FROM deleted_object o WHERE o.deletion_id = d.id) AS objects,
    (SELECT count(*) FROM deleted_object o WHERE o.deletion_id = d.id AND o.gone_at IS NOT NULL) AS gone
FROM deletion d;
GRANT SELECT ON shown_deletion TO parley_recruiter;

-- ---- Answers without their recording -------------------------------------------------------

ALTER TABLE video_response
    -- When the recording was deleted, with its transcript and analyses; null while there is one.
    ADD COLUMN recording_deleted_at timestamptz,
    DROP CONSTRAINT video_response_transcript_status_check,
    ADD CONSTRAINT video_response_transcript_status_check
        CHECK (transcript_status IN ('pending', 'processing', 'complete', 'failed', 'declined', 'deleted')),
    DROP CONSTRAINT video_response_analysis_status_check,
    ADD CONSTRAINT video_response_analysis_status_check
        CHECK (analysis_status IN ('pending', 'held', 'complete', 'declined', 'deleted'));

-- As before, but nothing is kept that was made from a recording which is deleted, whoever writes it: a transcription may
-- have been under way. Another recording is another answer.
CREATE OR REPLACE FUNCTION honour_consent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.video_key IS DISTINCT FROM OLD.video_key AND NEW.video_key IS NOT NULL
        AND NOT consent_given(NEW.async_interview_id, 'RECORDING')
    THEN
        RAISE EXCEPTION 'You chose not to be recorded, so this recording was not taken as an answer.' USING ERRCODE = 'PA409';
    END IF;
    IF num_nonnulls(NEW.video_key, NEW.text_answer) > 0 THEN
        NEW.recording_deleted_at := NULL;
    END IF;
    IF NEW.recording_deleted_at IS NOT NULL THEN
        NEW.transcript_status := 'deleted';
        NEW.analysis_status := 'deleted';
        NEW.transcript := NULL;
        NEW.transcript_data := NULL;
        NEW.transcript_problem := NULL;
        NEW.ai_insights := NULL;
        NEW.analysis_held := false;
        RETURN NEW;
    END IF;
    IF NEW.text_answer IS NULL AND NOT consent_given(NEW.async_interview_id, 'TRANSCRIPTION') THEN
        NEW.transcript_status := 'declined';
        NEW.transcript := NULL;
        NEW.transcript_data := NULL;
        NEW.transcript_problem := NULL;
    ELSIF NEW.transcript_status IN ('declined', 'deleted') THEN
        NEW.transcript_status := 'pending';
    END IF;
    IF NEW.transcript_data IS NULL THEN
        NEW.analysis_held := false;
    END IF;
    IF NEW.transcript_status = 'declined' OR NOT consent_given(NEW.async_interview_id, 'ANALYSIS') THEN
        NEW.analysis_status := 'declined';
        NEW.ai_insights := NULL;
    ELSE
        NEW.analysis_status := CASE
            WHEN NEW.ai_insights IS NOT NULL THEN 'complete'
            WHEN NEW.analysis_held THEN 'held'
            ELSE 'pending' END;
    END IF;
    RETURN NEW;
END $$;

-- Nothing arrives in the store whose permission is gone. The lock puts what arrives before a deletion, which then finds
-- it, or after it.
CREATE FUNCTION require_permission() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before text := coalesce(current_setting('app.organization', true), '');
    is_permitted boolean;
BEGIN
    -- The owner of everything may come without a session, and goes on without one.
    PERFORM set_config('app.organization', NEW.organization_id::text, true);
    PERFORM FROM recording WHERE video_key = NEW.key FOR KEY SHARE;
    is_permitted := FOUND;
    IF NOT is_permitted THEN
        PERFORM FROM device_check WHERE key = NEW.key FOR KEY SHARE;
        is_permitted := FOUND;
    END IF;
    PERFORM set_config('app.organization', before, true);
    IF NOT is_permitted THEN
        RAISE EXCEPTION 'This permission works no longer: what it was for is deleted.' USING ERRCODE = 'PA410';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER require_permission BEFORE INSERT ON blob FOR EACH ROW EXECUTE FUNCTION require_permission();

-- ---- What a deletion is about ----------------------------------------------------------------

-- Which rows an event is about: an event is about one thing.
CREATE FUNCTION event_subject(data jsonb) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT coalesce(data ->> 'interviewId', data ->> 'videoResponseId', data ->> 'key', data ->> 'liveInterviewId',
        data ->> 'resumeId', data ->> 'checkId')
$$;
CREATE INDEX event_subject ON event (organization_id, event_subject(data));
CREATE INDEX webhook_delivery_interview ON webhook_delivery (organization_id, (data ->> 'interviewId'));

-- The rows that go with something: of a person everything, of an interview all of it, of a recording the answer's.
CREATE FUNCTION deletion_target(
    scope text, subject uuid, OUT person uuid, OUT interviews uuid[], OUT live uuid[], OUT answer uuid)
LANGUAGE sql STABLE AS $$
    SELECT (SELECT id FROM candidate WHERE scope = 'PERSON' AND id = subject),
        ARRAY(SELECT id FROM async_interview WHERE scope = 'PERSON' AND candidate_id = subject
            UNION ALL SELECT id FROM async_interview WHERE scope = 'INTERVIEW' AND id = subject),
        ARRAY(SELECT id FROM interview WHERE async_interview_id IS NULL AND scope = 'PERSON' AND candidate_id = subject
            UNION ALL SELECT id FROM interview WHERE async_interview_id IS NULL AND scope = 'LIVE_INTERVIEW' AND id = subject),
        (SELECT id FROM video_response WHERE scope = 'RECORDING' AND id = subject AND video_key IS NOT NULL)
$$;

-- What the blob store holds of it, or may hold before long.
CREATE FUNCTION deletion_objects(person uuid, interviews uuid[], answer uuid)
RETURNS TABLE (key text, upload_name text, size_bytes bigint, storable_until timestamptz, is_recording boolean)
LANGUAGE sql STABLE AS $$
    SELECT r.video_key, r.upload_name, b.size_bytes, r.expires_at + interval '1 minute', b.key IS NOT NULL
    FROM recording r LEFT JOIN blob b ON b.key = r.video_key WHERE r.async_interview_id = ANY (interviews)
    UNION ALL
    SELECT r.video_key, r.upload_name, b.size_bytes, r.expires_at + interval '1 minute', b.key IS NOT NULL
    FROM video_response v JOIN recording r USING (async_interview_id, question_id) LEFT JOIN blob b ON b.key = r.video_key
    WHERE v.id = answer
    UNION ALL
    SELECT d.key, NULL, b.size_bytes, d.expires_at + interval '1 minute', false
    FROM device_check d LEFT JOIN blob b ON b.key = d.key
    WHERE d.async_interview_id = ANY (interviews) AND (d.verdict IS NULL OR b.key IS NOT NULL)
    UNION ALL
    SELECT file_key, NULL, size_bytes, created_at, false FROM resume WHERE candidate_id = person AND file_key IS NOT NULL
$$;

-- How much it is, as the dialog says before and the record after.
CREATE FUNCTION deletion_counts(person uuid, interviews uuid[], live uuid[], answer uuid) RETURNS jsonb LANGUAGE sql STABLE AS $$
    WITH linked AS (
        SELECT id FROM interview WHERE async_interview_id = ANY (interviews) UNION ALL SELECT unnest(live)),
    answered AS (
        SELECT * FROM video_response WHERE async_interview_id = ANY (interviews)
        UNION ALL SELECT * FROM video_response WHERE id = answer)
    SELECT jsonb_build_object(
        'interviews', cardinality(interviews), 'liveInterviews', cardinality(live),
        'answers', (SELECT count(*) FROM answered WHERE answer IS NULL),
        'recordings', (SELECT count(*) FROM deletion_objects(person, interviews, answer) o WHERE o.is_recording),
        'transcripts', (SELECT count(*) FROM answered WHERE transcript IS NOT NULL),
        'analyses', (SELECT count(*) FROM answered a JOIN analysis_result r ON r.video_response_id = a.id),
        'scores', (SELECT count(*) FROM evaluation WHERE interview_id IN (SELECT id FROM linked)),
        'decisions', (SELECT count(*) FROM decision_ledger WHERE async_interview_id = ANY (interviews)),
        'monitoringEvents', (SELECT count(*) FROM proctor_log WHERE async_interview_id = ANY (interviews)),
        'consents', (SELECT count(*) FROM consent_receipt WHERE async_interview_id = ANY (interviews)),
        'mails', (SELECT count(*) FROM mail WHERE async_interview_id = ANY (interviews) OR interview_id = ANY (live)),
        'notes', (SELECT count(*) FROM candidate_note WHERE candidate_id = person),
        'resumes', (SELECT count(*) FROM resume WHERE candidate_id = person),
        'bytes', (SELECT coalesce(sum(size_bytes), 0) FROM deletion_objects(person, interviews, answer)))
$$;

-- Whether the caller may have it deleted: a person, administrators; all else, whoever runs the interview.
CREATE FUNCTION may_delete(scope text, subject uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT CASE scope
        WHEN 'PERSON' THEN is_administrator()
        WHEN 'INTERVIEW' THEN runs_interview(subject)
        WHEN 'LIVE_INTERVIEW' THEN runs_live_interview(subject)
        WHEN 'RECORDING' THEN runs_interview((SELECT async_interview_id FROM video_response WHERE id = subject))
    END
$$;

-- ---- Deleting ----------------------------------------------------------------------------------

-- One after the other: whoever works on these rows now is waited for, whoever comes later finds nothing.
CREATE PROCEDURE hold_for_deletion(scope text, subject uuid) LANGUAGE plpgsql AS $$
DECLARE
    held uuid[];
BEGIN
    IF scope = 'PERSON' THEN
        PERFORM FROM candidate WHERE id = subject FOR UPDATE;
    ELSIF scope = 'LIVE_INTERVIEW' THEN
        PERFORM FROM interview WHERE id = subject FOR UPDATE;
    END IF;
    held := CASE scope
        WHEN 'PERSON' THEN ARRAY(SELECT id FROM async_interview WHERE candidate_id = subject)
        WHEN 'INTERVIEW' THEN ARRAY[subject]
        WHEN 'RECORDING' THEN ARRAY(SELECT async_interview_id FROM video_response WHERE id = subject)
        ELSE '{}' END;
    PERFORM FROM async_interview WHERE id = ANY (held) ORDER BY id FOR UPDATE;
    PERFORM FROM recording WHERE async_interview_id = ANY (held) ORDER BY id FOR UPDATE;
END $$;

-- Keeps count of interviews that go.
CREATE PROCEDURE tally(interviews uuid[], live uuid[]) LANGUAGE sql AS $$
    INSERT INTO interview_tally AS t (organization_id, assessment_id, day, reached, ended, many)
    SELECT organization_id, assessment_id, invitation_sent_at::date,
        CASE WHEN recommendation IS NOT NULL THEN 'decided' WHEN reviewed_at IS NOT NULL THEN 'reviewed'
            WHEN submitted_at IS NOT NULL THEN 'submitted' WHEN started_at IS NOT NULL THEN 'started'
            WHEN opened_at IS NOT NULL THEN 'opened' ELSE 'invited' END AS reached,
        CASE WHEN submitted_at IS NOT NULL THEN '' WHEN status_now(status, deadline_at) <> 'EXPIRED' THEN 'CANCELLED'
            WHEN started_at IS NOT NULL THEN 'EXPIRED_UNFINISHED' WHEN opened_at IS NOT NULL THEN 'EXPIRED_UNSTARTED'
            WHEN EXISTS (SELECT FROM mail m WHERE m.async_interview_id = i.id AND m.kind = 'invitation' AND m.state IN ('failed', 'bounced'))
                AND NOT EXISTS (SELECT FROM mail m WHERE m.async_interview_id = i.id AND m.kind = 'invitation' AND m.state = 'sent')
            THEN 'NOT_DELIVERED' ELSE 'EXPIRED_UNOPENED' END AS ended, count(*)
    FROM async_interview i WHERE id = ANY (interviews) AND invitation_sent_at IS NOT NULL GROUP BY 1, 2, 3, 4, 5
    UNION ALL
    SELECT organization_id, assessment_id, scheduled_at::date, 'live', status, count(*)
    FROM interview WHERE id = ANY (live) GROUP BY 1, 2, 3, 4, 5
    ON CONFLICT (organization_id, assessment_id, day, reached, ended) DO UPDATE SET many = t.many + excluded.many
$$;

-- Removes what only refers to things by their ids: events with their deliveries, whatever state these are in, what
-- waits for an engine, and which call was about whom. What calls cost stays.
CREATE FUNCTION sever(answers uuid[], subjects text[]) RETURNS void LANGUAGE sql AS $$
    DELETE FROM event WHERE organization_id = caller_organization() AND event_subject(data) = ANY (subjects);
    DELETE FROM ai_wait WHERE organization_id = caller_organization() AND subject::text = ANY (subjects);
    UPDATE ai_call SET subject = NULL, input_sha256 = '' WHERE subject::text = ANY (subjects) AND subject = ANY (answers)
$$;

CREATE PROCEDURE erase_recording(deleted uuid) LANGUAGE plpgsql AS $$
DECLARE
    held video_response;
BEGIN
    UPDATE video_response SET video_key = NULL, recording_deleted_at = now(), updated_at = now()
    WHERE id = deleted RETURNING * INTO held;
    PERFORM sever(ARRAY[deleted], ARRAY(
        SELECT video_key FROM recording WHERE async_interview_id = held.async_interview_id AND question_id = held.question_id
        UNION ALL SELECT deleted::text));
    DELETE FROM analysis_result WHERE video_response_id = deleted;
    DELETE FROM analysis_request WHERE video_response_id = deleted;
    DELETE FROM recording WHERE async_interview_id = held.async_interview_id AND question_id = held.question_id;
    PERFORM complete_analysis(held.async_interview_id);
END $$;

CREATE PROCEDURE erase_interviews(interviews uuid[], live uuid[]) LANGUAGE plpgsql AS $$
DECLARE
    answers uuid[] := ARRAY(SELECT id FROM video_response WHERE async_interview_id = ANY (interviews));
BEGIN
    CALL tally(interviews, live);
    PERFORM sever(answers, ARRAY(
        SELECT unnest(interviews || live || answers)::text
        UNION ALL SELECT video_key FROM recording WHERE async_interview_id = ANY (interviews)
        UNION ALL SELECT unnest(ARRAY[id::text, key]) FROM device_check WHERE async_interview_id = ANY (interviews)));
    INSERT INTO deleted_invitation (token_hash, organization_id)
    SELECT invitation_token_hash, organization_id FROM async_interview WHERE id = ANY (interviews);
    DELETE FROM kept_answer WHERE holder = ANY (interviews);
    DELETE FROM webhook_delivery
    WHERE organization_id = caller_organization() AND data ->> 'interviewId' = ANY (interviews::text[]);
    DELETE FROM video_response WHERE id = ANY (answers);
    DELETE FROM recording WHERE async_interview_id = ANY (interviews);
    DELETE FROM async_interview WHERE id = ANY (interviews);
    DELETE FROM interview WHERE id = ANY (live);
END $$;

CREATE PROCEDURE erase_person(deleted uuid) LANGUAGE plpgsql AS $$
DECLARE
    resumes uuid[] := ARRAY(SELECT id FROM resume WHERE candidate_id = deleted);
BEGIN
    PERFORM sever(resumes, resumes::text[]);
    -- The ledger has their files.
    UPDATE resume SET file_key = NULL WHERE candidate_id = deleted;
    DELETE FROM candidate WHERE id = deleted;
END $$;

-- Deletes something for good, in this transaction, and has its objects removed from the blob store. What was deleted
-- before is not deleted again.
-- Returns: the record's id.
CREATE FUNCTION delete_for_good(scope text, subject uuid, cause text) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_variable
DECLARE
    target record;
    record_id uuid := uuidv7();
BEGIN
    CALL hold_for_deletion(scope, subject);
    SELECT * INTO target FROM deletion_target(scope, subject);
    IF num_nonnulls(target.person, target.answer) + cardinality(target.interviews || target.live) = 0 THEN
        SELECT d.id INTO record_id FROM deletion d
        WHERE d.subject_id = subject AND d.scope = scope ORDER BY d.requested_at DESC LIMIT 1;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'There is nothing of this kind to delete.' USING ERRCODE = 'PA404';
        END IF;
        RETURN record_id;
    END IF;
    IF cause = 'REQUEST' AND NOT may_delete(scope, subject) THEN
        RAISE EXCEPTION '%', CASE scope WHEN 'PERSON' THEN 'People are deleted by administrators.'
            ELSE 'This is for whoever created the interview, and for administrators.' END USING ERRCODE = 'PA403';
    END IF;
    IF scope = 'RECORDING' AND EXISTS (
        SELECT FROM video_response v JOIN async_interview i ON i.id = v.async_interview_id
        WHERE v.id = subject AND status_now(i.status, i.deadline_at) IN ('SENT', 'OPENED', 'IN_PROGRESS'))
    THEN
        RAISE EXCEPTION 'The candidate may still record this answer anew. Delete its recording once the interview is over.'
            USING ERRCODE = 'PA409';
    END IF;
    IF EXISTS (SELECT FROM interview WHERE id = ANY (target.live) AND status = 'SCHEDULED' AND scheduled_at > now()) THEN
        RAISE EXCEPTION 'People have a live interview in their calendars. Cancel it first, so that they are told.' USING ERRCODE = 'PA409';
    ELSIF EXISTS (
        SELECT FROM event e JOIN delivery d ON d.event_id = e.id
        WHERE e.organization_id = caller_organization() AND event_subject(e.data) = ANY (target.live::text[]) AND d.state = 'ready')
    THEN
        RAISE EXCEPTION 'People are being told about a live interview. Please try again in a moment.' USING ERRCODE = 'PA409';
    END IF;
    INSERT INTO deletion (id, organization_id, scope, subject_id, cause, account_id, counts)
    VALUES (record_id, caller_organization(), scope, subject, cause, CASE cause WHEN 'REQUEST' THEN caller_account() END,
        deletion_counts(target.person, target.interviews, target.live, target.answer));
    INSERT INTO deleted_object (organization_id, deletion_id, key, upload_name, size_bytes, storable_until)
    SELECT caller_organization(), record_id, o.key, o.upload_name, o.size_bytes, o.storable_until
    FROM deletion_objects(target.person, target.interviews, target.answer) o;
    IF target.answer IS NOT NULL THEN CALL erase_recording(target.answer); END IF;
    CALL erase_interviews(target.interviews, target.live);
    IF target.person IS NOT NULL THEN CALL erase_person(target.person); END IF;
    DELETE FROM blob WHERE key IN (SELECT o.key FROM deleted_object o WHERE o.deletion_id = record_id);
    PERFORM emit('deletion.planned', jsonb_build_object('deletionId', record_id));
    RETURN record_id;
END $$;

-- What a deletion would take away, and whether the caller may have it done; without a row when there is nothing to delete.
CREATE FUNCTION preview_deletion(scope text, subject uuid) RETURNS TABLE (is_allowed boolean, counts jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT may_delete(scope, subject), deletion_counts(t.person, t.interviews, t.live, t.answer)
    FROM deletion_target(scope, subject) t
    WHERE num_nonnulls(t.person, t.answer) + cardinality(t.interviews || t.live) > 0
$$;

-- The same for people, who may not delete everything.
CREATE FUNCTION request_deletion(scope text, subject uuid) RETURNS uuid
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT delete_for_good(scope, subject, 'REQUEST')
$$;

-- ---- Who reaches it --------------------------------------------------------------------------------

GRANT SELECT ON candidate, candidate_note, resume, async_interview, interview, video_response, recording, device_check, blob,
    evaluation, decision_ledger, proctor_log, consent_receipt, mail, analysis_result, analysis_request, event,
    delivery, webhook_delivery, kept_answer, ai_call, ai_wait, deletion, deleted_object, interview_tally TO parley_eraser;
GRANT SELECT (id, organization_id, role) ON account TO parley_eraser;
GRANT DELETE ON candidate, async_interview, interview, video_response, recording, blob, analysis_result, analysis_request,
    event, webhook_delivery, kept_answer, ai_wait TO parley_eraser;
-- Locking a row takes the right to change it.
GRANT UPDATE (updated_at) ON candidate, async_interview TO parley_eraser;
GRANT UPDATE (status) ON interview, recording TO parley_eraser;
GRANT UPDATE (key) ON device_check TO parley_eraser;
GRANT UPDATE (file_key) ON resume TO parley_eraser;
GRANT UPDATE ON video_response TO parley_eraser;
GRANT UPDATE (subject, input_sha256) ON ai_call TO parley_eraser;
GRANT INSERT ON deletion, deleted_object, interview_tally, deleted_invitation TO parley_eraser;
GRANT UPDATE (many) ON interview_tally TO parley_eraser;

GRANT EXECUTE ON FUNCTION caller_organization(), caller_account(), uuidv7(), status_now(text, timestamptz),
    grace_ends_at(timestamptz), consent_given(uuid, text), is_administrator(), runs_interview(uuid),
    runs_live_interview(uuid), event_subject(jsonb), deletion_target(text, uuid), deletion_objects(uuid, uuid[], uuid),
    deletion_counts(uuid, uuid[], uuid[], uuid), may_delete(text, uuid), sever(uuid[], text[]) TO parley_eraser;
GRANT EXECUTE ON PROCEDURE hold_for_deletion(text, uuid), tally(uuid[], uuid[]), erase_recording(uuid), erase_interviews(uuid[], uuid[]), erase_person(uuid) TO parley_eraser;
GRANT EXECUTE ON FUNCTION event_subject(jsonb) TO parley_gate;

RESET ROLE;
GRANT EXECUTE ON FUNCTION emit(text, jsonb, timestamptz), complete_analysis(uuid) TO parley_eraser;
ALTER FUNCTION require_permission() OWNER TO parley_eraser;
ALTER FUNCTION delete_for_good(text, uuid, text) OWNER TO parley_eraser;
ALTER FUNCTION preview_deletion(text, uuid) OWNER TO parley_eraser;
ALTER FUNCTION request_deletion(text, uuid) OWNER TO parley_eraser;
GRANT EXECUTE ON FUNCTION preview_deletion(text, uuid), request_deletion(text, uuid) TO parley_recruiter;
GRANT EXECUTE ON FUNCTION delete_for_good(text, uuid, text) TO parley_service;

-- As before, and whoever holds the link of a deleted interview is told so.
CREATE OR REPLACE FUNCTION candidate_session(hash bytea, traceparent text, purpose text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    held async_interview;
BEGIN
    SELECT * INTO held FROM async_interview WHERE invitation_token_hash = hash;
    IF NOT FOUND THEN
        IF EXISTS (SELECT FROM deleted_invitation WHERE token_hash = hash) THEN
            RAISE EXCEPTION 'This interview was deleted, with everything that was recorded and written in it.' USING ERRCODE = 'PA410';
        END IF;
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
