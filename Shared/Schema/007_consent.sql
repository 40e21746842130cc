-- What candidates agreed to: receipts that are only ever added to, and what follows from them.
-- Where there is no receipt for a purpose, whoever sent the invitation has asked elsewhere, and
-- the interview goes on as if it were granted.

SET LOCAL ROLE parley_owner;

CREATE TABLE consent_receipt (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    organization_id uuid NOT NULL,
    async_interview_id uuid NOT NULL,
    candidate_id uuid NOT NULL,
    purpose text NOT NULL CHECK (purpose IN ('RECORDING', 'TRANSCRIPTION', 'ANALYSIS', 'MONITORING')),
    granted boolean NOT NULL,
    -- Which text was shown: its version, its language and the SHA-256 of its UTF-8 bytes.
    version text NOT NULL,
    locale text NOT NULL,
    text_hash bytea NOT NULL CHECK (length(text_hash) = 32),
    -- Not now(): of two choices the one made last counts, and it may have waited for the other's end.
    given_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    FOREIGN KEY (organization_id, async_interview_id) REFERENCES async_interview (organization_id, id) ON DELETE CASCADE,
    FOREIGN KEY (organization_id, candidate_id) REFERENCES candidate (organization_id, id)
);
CREATE INDEX consent_receipt_newest ON consent_receipt (async_interview_id, purpose, given_at DESC, id DESC);

CALL isolate(ARRAY['consent_receipt']::regclass[]);
CREATE POLICY own_interview ON consent_receipt AS RESTRICTIVE TO parley_candidate
    USING (async_interview_id = (SELECT caller_interview()));
GRANT SELECT, INSERT ON consent_receipt TO parley_candidate;
GRANT SELECT ON consent_receipt TO parley_recruiter, parley_service, parley_gate;

-- Whether something may be done: what the newest receipt says, true without one.
CREATE FUNCTION consent_given(interview uuid, purpose text) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT coalesce((
        SELECT granted FROM consent_receipt r
        WHERE r.async_interview_id = interview AND r.purpose = consent_given.purpose
        ORDER BY given_at DESC, id DESC LIMIT 1), true)
$$;

-- All receipts of an interview, as answers show them.
CREATE FUNCTION consent_receipts(interview uuid) RETURNS jsonb LANGUAGE sql STABLE AS $$
    SELECT coalesce(jsonb_agg(jsonb_build_object(
        'purpose', purpose, 'granted', granted, 'version', version, 'locale', locale,
        'textHash', encode(text_hash, 'hex'), 'givenAt', given_at) ORDER BY given_at, id), '[]')
    FROM consent_receipt WHERE async_interview_id = interview
$$;

GRANT EXECUTE ON FUNCTION consent_given(uuid, text) TO parley_candidate, parley_recruiter, parley_service, parley_gate;
GRANT EXECUTE ON FUNCTION consent_receipts(uuid) TO parley_candidate, parley_recruiter;

ALTER TABLE video_response
    DROP CONSTRAINT video_response_transcript_status_check,
    ADD CHECK (transcript_status IN ('pending', 'processing', 'complete', 'failed', 'declined')),
    ADD COLUMN analysis_status text NOT NULL DEFAULT 'pending'
        CHECK (analysis_status IN ('pending', 'complete', 'declined'));

-- An answer holds nothing that was refused, whoever writes to it: a recording is not taken,
-- words and insights are not kept. `analysis_status` follows from the rest.
CREATE FUNCTION honour_consent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.video_key IS DISTINCT FROM OLD.video_key AND NEW.video_key IS NOT NULL
        AND NOT consent_given(NEW.async_interview_id, 'RECORDING')
    THEN
        RAISE EXCEPTION 'You chose not to be recorded, so this recording was not taken as an answer.' USING ERRCODE = 'PA409';
    END IF;
    IF NOT consent_given(NEW.async_interview_id, 'TRANSCRIPTION') THEN
        NEW.transcript_status := 'declined';
        NEW.transcript := NULL;
        NEW.transcript_data := NULL;
        NEW.transcript_problem := NULL;
    ELSIF NEW.transcript_status = 'declined' THEN
        NEW.transcript_status := 'pending';
    END IF;
    IF NEW.transcript_status = 'declined' OR NOT consent_given(NEW.async_interview_id, 'ANALYSIS') THEN
        NEW.analysis_status := 'declined';
        NEW.ai_insights := NULL;
    ELSE
        NEW.analysis_status := CASE WHEN NEW.ai_insights IS NULL THEN 'pending' ELSE 'complete' END;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER honour_consent BEFORE INSERT OR UPDATE ON video_response
    FOR EACH ROW EXECUTE FUNCTION honour_consent();

-- Nobody is recorded or watched who refused it.
CREATE FUNCTION require_consent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT consent_given(NEW.async_interview_id, TG_ARGV[0]) THEN
        RAISE EXCEPTION '%', TG_ARGV[1] USING ERRCODE = 'PA409';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER require_consent BEFORE INSERT ON recording FOR EACH ROW
    EXECUTE FUNCTION require_consent('RECORDING', 'You chose not to be recorded, so nothing can be uploaded.');
CREATE TRIGGER require_consent BEFORE INSERT ON proctor_log FOR EACH ROW
    EXECUTE FUNCTION require_consent('MONITORING', 'You chose not to be monitored, so nothing was noted.');
CREATE TRIGGER require_consent BEFORE INSERT ON detector_watch FOR EACH ROW
    EXECUTE FUNCTION require_consent('MONITORING', 'You chose not to be monitored, so nothing was noted.');

-- Brings the answers of an interview in line with a choice that was just made: what is refused
-- now is gone, and what is granted now begins.
CREATE FUNCTION apply_consent(interview uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    next record;
BEGIN
    FOR next IN WITH earlier AS (
        SELECT id, transcript_status, analysis_status FROM video_response
        WHERE async_interview_id = interview AND organization_id = caller_organization() FOR UPDATE),
    touched AS (
        UPDATE video_response v SET updated_at = now() FROM earlier e WHERE v.id = e.id
        RETURNING v.id, v.video_key, v.transcript_status, v.analysis_status,
            e.transcript_status AS old_transcript_status, e.analysis_status AS old_analysis_status)
    SELECT id, CASE
        WHEN transcript_status = 'pending' AND old_transcript_status = 'declined'
            AND EXISTS (SELECT FROM recording r WHERE r.video_key = t.video_key AND r.status = 'STORED')
            THEN 'response.recorded'
        WHEN analysis_status = 'pending' AND old_analysis_status = 'declined'
            AND transcript_status IN ('complete', 'failed')
            THEN 'response.transcribed'
        END AS topic
    FROM touched t
    LOOP
        IF next.topic IS NOT NULL THEN
            PERFORM emit(next.topic, jsonb_build_object('videoResponseId', next.id));
        END IF;
    END LOOP;
END $$;
GRANT SELECT ON recording TO parley_gate;
GRANT UPDATE (updated_at) ON video_response TO parley_gate;

RESET ROLE;

-- As before, but an answer whose analysis was declined lacks nothing, and the lock is taken before
-- the status is looked at: a submission that has not committed yet is waited for. (A row whose
-- old version does not match is not locked.)
CREATE OR REPLACE FUNCTION complete_analysis(interview uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    held async_interview;
BEGIN
    SELECT * INTO held FROM async_interview
    WHERE id = interview AND organization_id = caller_organization() FOR UPDATE;
    IF held.status IN ('SUBMITTED', 'REVIEWED') AND held.ai_analysis_status <> 'complete' AND NOT EXISTS (
        SELECT FROM video_response WHERE async_interview_id = interview AND analysis_status = 'pending')
    THEN
        UPDATE async_interview SET ai_analysis_status = 'complete', ai_analyzed_at = now(), updated_at = now()
        WHERE id = interview;
        PERFORM emit('interview.ready', jsonb_build_object('interviewId', interview));
    END IF;
END $$;

UPDATE video_response SET analysis_status = 'complete' WHERE ai_insights IS NOT NULL;
ALTER FUNCTION apply_consent(uuid) OWNER TO parley_gate;
GRANT EXECUTE ON FUNCTION apply_consent(uuid) TO parley_candidate;
