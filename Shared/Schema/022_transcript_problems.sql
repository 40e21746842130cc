-- Why an answer has no transcript, as a code with a sentence; and answers whose analysis waits until
-- a recruiter has looked at their transcript.

SET LOCAL ROLE parley_owner;

ALTER TABLE video_response
    ALTER COLUMN transcript_problem TYPE jsonb USING CASE WHEN transcript_problem IS NOT NULL THEN jsonb_build_object(
        'code', CASE transcript_problem
            WHEN 'The file is neither WebM nor MP4.' THEN 'NOT_A_RECORDING'
            WHEN 'The recording has no audio track.' THEN 'NO_AUDIO_TRACK'
            WHEN 'The recording took too long to transcribe.' THEN 'TIMED_OUT'
            ELSE 'CORRUPT_FILE' END,
        'message', transcript_problem) END,
    -- Set with a transcript that nothing should be made of by itself; a recruiter clears it.
    ADD COLUMN analysis_held boolean NOT NULL DEFAULT false,
    DROP CONSTRAINT video_response_analysis_status_check,
    ADD CHECK (analysis_status IN ('pending', 'held', 'complete', 'declined'));
COMMENT ON COLUMN video_response.transcript_problem IS
    'Why there is no transcript, or why its analysis waits: {code, message}, as module Speech writes it.';

GRANT UPDATE (analysis_held) ON video_response TO parley_service, parley_recruiter;

-- As before, but an analysis may be held; that of another recording is not.
CREATE OR REPLACE FUNCTION honour_consent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.video_key IS DISTINCT FROM OLD.video_key AND NEW.video_key IS NOT NULL
        AND NOT consent_given(NEW.async_interview_id, 'RECORDING')
    THEN
        RAISE EXCEPTION 'You chose not to be recorded, so this recording was not taken as an answer.' USING ERRCODE = 'PA409';
    END IF;
    IF NEW.text_answer IS NULL AND NOT consent_given(NEW.async_interview_id, 'TRANSCRIPTION') THEN
        NEW.transcript_status := 'declined';
        NEW.transcript := NULL;
        NEW.transcript_data := NULL;
        NEW.transcript_problem := NULL;
    ELSIF NEW.transcript_status = 'declined' THEN
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
